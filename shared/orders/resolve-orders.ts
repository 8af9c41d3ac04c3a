import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import { askToCancel } from './cancel-order.ts';
import type { Breaker } from './control-port.ts';
import type { OrderExchange, OrderScan, SeenOrder } from './exchange-port.ts';
import { isLive, moveOrder } from './life-cycle.ts';
import { couldBe, matchByTerms } from './match-order.ts';
import { isLateSighting, isOverrun, mismatchOf, observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import type { OrderStore } from './store-port.ts';
import { betweenMissesMs, missAfterMs, missesUntilAbandoned, neverSentAfterMs } from './time-limits.ts';

/** What settling orders needs. */
export interface ResolveOrdersPorts {
  readonly store: OrderStore;
  readonly exchange: Pick<OrderExchange, 'getOrder' | 'cancelOrder'>;
  /** How long an order of an instrument (by symbol) may rest at the exchange, ms. */
  readonly maximumRestMs: (instrument: string) => number;
  readonly breaker: Breaker;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * How many orders that the listing does not show are looked up by their id in one run, beside those that hold up a
 * purchase.
 */
const lookUpsPerRun = 20;
const turnMs = 60_000;

/**
 * Finds out what became of the orders that are not finished: in the listing, by their exchange id or their client order id,
 * and by a look at each that the listing does not show. Only observation moves an order that was sent; trouble while
 * looking changes nothing and is left to the next run.
 *
 * @param orders the unfinished ones
 * @param listing own orders at the exchange, as far as they could be listed
 * @returns the orders that moved, as they are now
 */
export async function resolveOrders(
  ports: ResolveOrdersPorts,
  orders: readonly Order[],
  listing: OrderScan,
): Promise<readonly Order[]> {
  const moved: (Order | undefined)[] = [];
  const notListed: Order[] = [];
  for (const order of orders) {
    const seen = listing.orders.find((one) => isShownAs(order, one));
    if (order.state === 'PENDING')
      moved.push(await safely(ports, order, () => expireIfNeverSent(ports, order)));
    else if (seen === undefined) notListed.push(order);
    else moved.push(await safely(ports, order, () => observeAndCancel(ports, order, seen)));
  }
  for (const order of chooseForLookUp(notListed.filter(isLocated), ports.clock.now())) {
    moved.push(await safely(ports, order, () => lookUp(ports, order, listing)));
  }
  const unlocated = notListed.filter(isUnlocated);
  for (const order of unlocated) {
    moved.push(await safely(ports, order, () => settleUnlocated(ports, order, listing, unlocated)));
  }
  return moved.filter((order) => order !== undefined);
}

/** What cannot be read or written now is left to the next run, and the other orders go on. */
async function safely(
  ports: ResolveOrdersPorts,
  { orderId }: Order,
  settle: () => Promise<Order | undefined>,
): Promise<Order | undefined> {
  try {
    return await settle();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.warn('order-not-settled', { orderId, error: name });
    return undefined;
  }
}

function isLocated(order: Order): boolean {
  return order.exchangeOrderId !== undefined;
}

/** Sent, or perhaps sent, and not known under any id of the exchange. */
export function isUnlocated(order: Order): boolean {
  return order.exchangeOrderId === undefined && order.state !== 'PENDING';
}

/** By the exchange's id where it is known: there can be a second order under our own. */
function isShownAs(order: Order, seen: SeenOrder): boolean {
  return isLocated(order)
    ? seen.exchangeOrderId === order.exchangeOrderId
    : seen.clientOrderId === order.orderId;
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

/**
 * A look at one order. The id that the exchange gave us may have been wrong: then the listing shows the order under our
 * own. What is shown nowhere may be late; for long it may not be.
 */
async function lookUp(
  ports: ResolveOrdersPorts,
  order: Order,
  listing: OrderScan,
): Promise<Order | undefined> {
  const { orderId, exchangeOrderId = '' } = order;
  const seen =
    (await ports.exchange.getOrder(exchangeOrderId)) ??
    listing.orders.find((one) => one.clientOrderId === orderId);
  if (seen !== undefined) return observeAndCancel(ports, order, seen);
  const isOverdue = listing.complete && ports.clock.now() - order.createdAt >= missAfterMs;
  if (isOverdue) ports.log.error('order-not-shown', { orderId, exchangeOrderId });
  return undefined;
}

async function observeAndCancel(
  ports: ResolveOrdersPorts,
  order: Order,
  seen: SeenOrder,
): Promise<Order | undefined> {
  const observed = await observe(ports, order, seen);
  await cancelIfStale(ports, observed ?? order, seen);
  return observed;
}

/**
 * Asks the exchange to cancel an order that has rested for too long: its money is locked, and a late fill would buy
 * what nobody needs any more. What becomes of it is seen in the next run, a fill in between included.
 */
async function cancelIfStale(ports: ResolveOrdersPorts, order: Order, seen: SeenOrder): Promise<void> {
  const rested = ports.clock.now() - (order.sentAt ?? order.createdAt);
  if (seen.status !== 'live' || !isLive(order.state) || rested < ports.maximumRestMs(order.instrument))
    return;
  await askToCancel(ports, order, seen.exchangeOrderId);
}

/** An order that no id leads to: it is matched by its terms, or held to be absent, or left open. */
async function settleUnlocated(
  ports: ResolveOrdersPorts,
  order: Order,
  listing: OrderScan,
  unlocated: readonly Order[],
): Promise<Order | undefined> {
  // Before that, the order can still come, or be listed.
  const isFinal = listing.complete && ports.clock.now() >= (order.notAfter ?? Number.POSITIVE_INFINITY);
  if (!isFinal) return undefined;
  const fitting = listing.orders.filter((seen) => couldBe(order, seen));
  const candidates = await withoutOwner(ports, fitting);
  if (candidates.length === 0) return recordAbsence(ports, order);
  const match = matchByTerms(order, candidates, unlocated);
  const { orderId, instrument } = order;
  if (match === undefined) {
    ports.log.error('order-ambiguous', { orderId, instrument });
    return undefined;
  }
  ports.log.error('order-matched-by-terms', { orderId, instrument, exchangeOrderId: match.exchangeOrderId });
  return observe(ports, { ...order, matchedBy: 'terms' }, match);
}

async function withoutOwner(
  ports: ResolveOrdersPorts,
  candidates: readonly SeenOrder[],
): Promise<readonly SeenOrder[]> {
  const owners = await ports.store.ownersOf(candidates.map((seen) => seen.exchangeOrderId));
  return candidates.filter((seen) => !owners.has(seen.exchangeOrderId));
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

async function observe(ports: ResolveOrdersPorts, order: Order, seen: SeenOrder): Promise<Order | undefined> {
  const problem = mismatchOf(order, seen);
  if (problem !== undefined) {
    ports.log.error('order-mismatch', { orderId: order.orderId, problem });
    await ports.breaker.openOnce('order-mismatch', order.orderId);
  }
  if (problem === 'other-client-order-id') return undefined;
  // It counts as live: a person must say what the word means.
  if (seen.status === 'unknown') ports.log.error('order-status-unknown', { orderId: order.orderId });
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
