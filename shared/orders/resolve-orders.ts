import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { ExchangeOrder, OrderExchange, OrderScan } from './exchange-port.ts';
import { moveOrder } from './life-cycle.ts';
import { observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import type { OrderStore } from './store-port.ts';

/** What settling orders needs. */
export interface ResolveOrdersPorts {
  readonly store: OrderStore;
  readonly exchange: Pick<OrderExchange, 'getOrder' | 'scanOrders'>;
  readonly clock: Clock;
  readonly log: Log;
}

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
const ordersPerRun = 50;

/**
 * Finds out what became of every order that is not finished: by its exchange id where it has one, and otherwise in
 * a complete listing by its client order id. Only observation moves an order that was sent; trouble while looking
 * changes nothing and is left to the next run.
 *
 * @returns the orders that moved, as they are now
 */
export async function resolveOrders(ports: ResolveOrdersPorts): Promise<readonly Order[]> {
  const orders = await ports.store.unfinished(ordersPerRun);
  const moved: Order[] = [];
  const keep = (order: Order | undefined): void => {
    if (order !== undefined) moved.push(order);
  };
  for (const order of orders.filter((one) => one.state === 'PENDING'))
    keep(await expireIfNeverSent(ports, order));
  for (const order of orders.filter(hasExchangeId)) keep(await lookUp(ports, order, order.exchangeOrderId));
  for (const order of await findInListing(ports, orders.filter(isUnlocated))) keep(order);
  return moved;
}

function hasExchangeId(order: Order): order is Order & { readonly exchangeOrderId: string } {
  return order.exchangeOrderId !== undefined;
}

/** Sent, or perhaps sent, and not known under any id of the exchange. */
function isUnlocated(order: Order): boolean {
  return order.exchangeOrderId === undefined && order.state !== 'PENDING';
}

/** Races with the claim: the store lets exactly one of the two win. */
async function expireIfNeverSent(ports: ResolveOrdersPorts, order: Order): Promise<Order | undefined> {
  const now = ports.clock.now();
  if (now - order.createdAt < neverSentAfterMs) return undefined;
  return save(
    ports,
    order,
    moveOrder(order, { state: 'EXPIRED', confirmed: true, reserved: 0n, reason: 'never-sent' }, now),
  );
}

async function lookUp(
  ports: ResolveOrdersPorts,
  order: Order,
  exchangeOrderId: string,
): Promise<Order | undefined> {
  try {
    const seen = await ports.exchange.getOrder(exchangeOrderId);
    return seen === undefined ? undefined : await observe(ports, order, seen);
  } catch (error) {
    ports.log.warn('order-read-failed', { orderId: order.orderId, error: nameOf(error) });
    return undefined;
  }
}

async function findInListing(ports: ResolveOrdersPorts, orders: readonly Order[]): Promise<readonly Order[]> {
  if (orders.length === 0) return [];
  const scan = await scanSafely(ports, Math.min(...orders.map((order) => order.createdAt)) - scanMarginMs);
  const moved = await Promise.all(orders.map((order) => settleByListing(ports, order, scan)));
  return moved.filter((order) => order !== undefined);
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
  return isAbsent(order, scan, ports.clock.now()) ? recordAbsence(ports, order) : undefined;
}

/** Whether this listing proves that the order is not there now. */
function isAbsent(order: Order, scan: OrderScan, now: number): boolean {
  const mayBeNameless = scan.orders.some(
    (one) => one.clientOrderId === undefined && (one.marketId ?? order.marketId) === order.marketId,
  );
  return scan.complete && !mayBeNameless && now >= (order.notAfter ?? Number.POSITIVE_INFINITY);
}

async function recordAbsence(ports: ResolveOrdersPorts, order: Order): Promise<Order | undefined> {
  const now = ports.clock.now();
  if (order.state === 'REJECTED')
    return save(ports, order, moveOrder(order, { confirmed: true, reserved: 0n }, now));
  const isTooEarly = now - order.createdAt < missAfterMs || now - (order.missedAt ?? 0) < betweenMissesMs;
  if (isTooEarly) return undefined;
  const misses = order.misses + 1;
  if (misses < missesUntilAbandoned) {
    return save(ports, order, moveOrder(order, { misses, missedAt: now }, now));
  }
  const abandoned = moveOrder(order, { state: 'ABANDONED', misses, missedAt: now, reason: 'not-found' }, now);
  ports.log.error('order-abandoned', { orderId: order.orderId, instrument: order.instrument });
  return save(ports, order, abandoned);
}

async function observe(
  ports: ResolveOrdersPorts,
  order: Order,
  seen: ExchangeOrder,
): Promise<Order | undefined> {
  const next = observeOrder(order, seen, ports.clock.now());
  return next === undefined ? undefined : save(ports, order, next);
}

/** Undefined if somebody else wrote the order first; the next run looks again. */
async function save(ports: ResolveOrdersPorts, before: Order, after: Order): Promise<Order | undefined> {
  if (!(await ports.store.update(before, after))) return undefined;
  ports.log.info('order-moved', {
    orderId: after.orderId,
    instrument: after.instrument,
    from: before.state,
    to: after.state,
    filled: after.filledQuantity.toString(),
    reason: after.reason,
  });
  return after;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
