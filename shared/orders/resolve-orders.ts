import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { Breaker } from './control-port.ts';
import type { ExchangeOrder, OrderExchange, OrderScan } from './exchange-port.ts';
import { isLive, moveOrder } from './life-cycle.ts';
import { isOverrun, mismatchOf, observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import type { OrderStore } from './store-port.ts';

/** What settling orders needs. */
export interface ResolveOrdersPorts {
  readonly store: OrderStore;
  readonly exchange: Pick<OrderExchange, 'getOrder' | 'scanOrders' | 'cancelOrder'>;
  /** How long an order of an instrument (by symbol) may rest at the exchange, ms. */
  readonly maximumRestMs: (instrument: string) => number;
  readonly breaker: Breaker;
  readonly clock: Clock;
  readonly log: Log;
}

/** More unfinished orders than this are not looked at in one run. */
export const mostUnfinished = 500;

/** An order that was recorded this long ago and not claimed will not be sent any more. */
const neverSentAfterMs = 60_000;
/** "Not found" is held against an order only when it is this old, ... */
const missAfterMs = 300_000;
/** ... this long after the last time, ... */
const betweenMissesMs = 60_000;
/** ... and so many times. */
const missesUntilAbandoned = 3;
/** How far before an order's creation it is looked for: clocks differ. */
const scanMarginMs = 120_000;
/**
 * How many orders are looked up by their id in one run, beside those that hold up a purchase. One listing settles
 * the others, where it can be read; the look-ups go on where it cannot.
 */
const lookUpsPerRun = 20;
const turnMs = 60_000;

/**
 * Finds out what became of the orders that are not finished: by their exchange id where they have one, and otherwise
 * in a complete listing by their client order id. Only observation moves an order that was sent; trouble while
 * looking changes nothing and is left to the next run.
 *
 * @returns the orders that moved, as they are now
 */
export async function resolveOrders(ports: ResolveOrdersPorts): Promise<readonly Order[]> {
  const { orders, complete } = await ports.store.unfinished(mostUnfinished);
  if (!complete) ports.log.error('too-many-unfinished-orders', { orders: orders.length });
  const moved: (Order | undefined)[] = [];
  for (const order of orders.filter((one) => one.state === 'PENDING')) {
    moved.push(await expireIfNeverSent(ports, order));
  }
  const located = orders.filter(isLocated);
  const toLookUp = chooseForLookUp(located, ports.clock.now());
  const toFind = [...orders.filter(isUnlocated), ...located.filter((order) => !toLookUp.includes(order))];
  for (const order of toLookUp) {
    const result = await lookUp(ports, order);
    if (result === 'not-shown') toFind.push(order);
    else moved.push(result);
  }
  moved.push(...(await findInListing(ports, toFind)));
  return moved.filter((order) => order !== undefined);
}

function isLocated(order: Order): boolean {
  return order.exchangeOrderId !== undefined;
}

/** Sent, or perhaps sent, and not known under any id of the exchange. */
function isUnlocated(order: Order): boolean {
  return order.exchangeOrderId === undefined && order.state !== 'PENDING';
}

/** Those that hold their instrument's slot always; of the others some, in turns, so that none is left out for long. */
function chooseForLookUp(orders: readonly Order[], now: number): readonly Order[] {
  const others = orders.filter((order) => !order.holdsSlot);
  const turn = (Math.floor(now / turnMs) * lookUpsPerRun) % Math.max(others.length, 1);
  const inTurn = [...others.slice(turn), ...others.slice(0, turn)].slice(0, lookUpsPerRun);
  return [...orders.filter((order) => order.holdsSlot), ...inTurn];
}

/** Races with the claim: the store lets exactly one of the two win. */
async function expireIfNeverSent(ports: ResolveOrdersPorts, order: Order): Promise<Order | undefined> {
  const now = ports.clock.now();
  if (now - order.createdAt < neverSentAfterMs) return undefined;
  const changes: Partial<Order> = { state: 'EXPIRED', confirmed: true, reserved: 0n, reason: 'never-sent' };
  return save(ports, order, moveOrder(order, changes, now));
}

async function lookUp(ports: ResolveOrdersPorts, order: Order): Promise<Order | undefined | 'not-shown'> {
  try {
    const seen = await ports.exchange.getOrder(order.exchangeOrderId ?? '');
    if (seen === undefined) return 'not-shown';
    const observed = await observe(ports, order, seen);
    await cancelIfStale(ports, observed ?? order, seen);
    return observed;
  } catch (error) {
    ports.log.warn('order-read-failed', { orderId: order.orderId, error: nameOf(error) });
    return undefined;
  }
}

/**
 * Asks the exchange to cancel an order that has rested for too long: its money is locked, and a late fill would buy
 * what nobody needs any more. What becomes of it is seen in the next run, a fill in between included.
 */
async function cancelIfStale(ports: ResolveOrdersPorts, order: Order, seen: ExchangeOrder): Promise<void> {
  const rested = ports.clock.now() - (order.sentAt ?? order.createdAt);
  if (seen.status !== 'live' || !isLive(order.state) || rested < ports.maximumRestMs(order.instrument))
    return;
  const outcome = await ports.exchange.cancelOrder(seen.exchangeOrderId);
  ports.log.info('order-cancel-asked', { orderId: order.orderId, outcome: outcome.kind, restedMs: rested });
}

async function findInListing(
  ports: ResolveOrdersPorts,
  orders: readonly Order[],
): Promise<readonly (Order | undefined)[]> {
  if (orders.length === 0) return [];
  const scan = await scanSafely(ports, Math.min(...orders.map((order) => order.createdAt)) - scanMarginMs);
  return Promise.all(orders.map((order) => settleByListing(ports, order, scan)));
}

async function scanSafely(ports: ResolveOrdersPorts, since: number): Promise<OrderScan> {
  try {
    const scan = await ports.exchange.scanOrders(since);
    if (!scan.complete) ports.log.warn('order-scan-incomplete', { orders: scan.orders.length });
    return scan;
  } catch (error) {
    ports.log.warn('order-scan-failed', { error: nameOf(error) });
    return { orders: [], complete: false };
  }
}

async function settleByListing(
  ports: ResolveOrdersPorts,
  order: Order,
  scan: OrderScan,
): Promise<Order | undefined> {
  const seen = scan.orders.find((one) => one.clientOrderId === order.orderId);
  if (seen !== undefined) return observe(ports, order, seen);
  if (isLocated(order)) return scan.complete ? reportNotShown(ports, order) : undefined;
  if (scan.orders.some((one) => couldBe(order, one))) {
    ports.log.error('order-ambiguous', { orderId: order.orderId, instrument: order.instrument });
    return undefined;
  }
  const canBeSaidAbsent = scan.complete && ports.clock.now() >= (order.notAfter ?? Number.POSITIVE_INFINITY);
  return canBeSaidAbsent ? recordAbsence(ports, order) : undefined;
}

/** The exchange gave us an id and does not show it. It may be late; for long it may not be. */
function reportNotShown(ports: ResolveOrdersPorts, order: Order): undefined {
  if (ports.clock.now() - order.createdAt < missAfterMs) return;
  ports.log.error('order-not-shown', { orderId: order.orderId, exchangeOrderId: order.exchangeOrderId });
}

/** Whether an order that is listed without a client order id may be this one. */
function couldBe(order: Order, seen: ExchangeOrder): boolean {
  if (seen.clientOrderId !== undefined || mismatchOf(order, seen) !== undefined) return false;
  if ((seen.limitPrice ?? order.limitPrice) !== order.limitPrice) return false;
  const submittedAt = seen.submittedAt ?? order.createdAt;
  return submittedAt >= order.createdAt - scanMarginMs && submittedAt <= (order.notAfter ?? submittedAt);
}

async function recordAbsence(ports: ResolveOrdersPorts, order: Order): Promise<Order | undefined> {
  const now = ports.clock.now();
  if (order.state === 'REJECTED') {
    return save(ports, order, moveOrder(order, { confirmed: true, reserved: 0n }, now));
  }
  const isTooEarly = now - order.createdAt < missAfterMs || now - (order.missedAt ?? 0) < betweenMissesMs;
  if (isTooEarly) return undefined;
  const misses = order.misses + 1;
  if (misses < missesUntilAbandoned) {
    return save(ports, order, moveOrder(order, { misses, missedAt: now }, now));
  }
  const changes: Partial<Order> = { state: 'ABANDONED', misses, missedAt: now, reason: 'not-found' };
  ports.log.error('order-abandoned', { orderId: order.orderId, instrument: order.instrument });
  return save(ports, order, moveOrder(order, changes, now));
}

async function observe(
  ports: ResolveOrdersPorts,
  order: Order,
  seen: ExchangeOrder,
): Promise<Order | undefined> {
  const problem = mismatchOf(order, seen);
  if (problem !== undefined) {
    ports.log.error('order-mismatch', { orderId: order.orderId, problem });
    await ports.breaker.open('order-mismatch', order.orderId);
  }
  if (problem === 'other-client-order-id') return undefined;
  const next = observeOrder(order, seen, ports.clock.now());
  return next === undefined ? undefined : save(ports, order, next);
}

/**
 * Writes what was learnt. What the rules exclude opens the breaker before it is written: a process that ends in between
 * must not leave a record that looks ordinary to the next one.
 *
 * @returns undefined if somebody else wrote the order first; the next run looks again
 */
async function save(ports: ResolveOrdersPorts, before: Order, after: Order): Promise<Order | undefined> {
  if (isOverrun(before, after)) await alarm(ports, 'budget-overrun', before, after);
  if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);
  const outcome = await ports.store.update(before, after);
  const { orderId, exchangeOrderId, instrument, reason } = after;
  if (outcome === 'exchange-id-taken') ports.log.error('exchange-id-taken', { orderId, exchangeOrderId });
  if (outcome !== 'written') return undefined;
  const filled = after.filledQuantity.toString();
  ports.log.info('order-moved', { orderId, instrument, from: before.state, to: after.state, filled, reason });
  return after;
}

/** Whether an order that was over has moved, or has been filled further. */
function isLateSighting(before: Order, after: Order): boolean {
  const hasChanged = before.state !== after.state || before.filledQuantity !== after.filledQuantity;
  return !isLive(before.state) && hasChanged;
}

/** Something happened that the rules exclude: nothing more is bought until a person has looked at it. */
async function alarm(
  ports: ResolveOrdersPorts,
  event: 'order-seen-late' | 'budget-overrun',
  before: Order,
  after: Order,
): Promise<void> {
  ports.log.error(event, { orderId: after.orderId, from: before.state, to: after.state });
  await ports.breaker.open(event, after.orderId);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
