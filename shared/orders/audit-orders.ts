import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { Breaker } from './control-port.ts';
import type { ExchangeOrder, OrderExchange } from './exchange-port.ts';
import { moveOrder } from './life-cycle.ts';
import { observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import { isOrderOf } from './order-id.ts';
import type { OrderStore } from './store-port.ts';

/** Up to when the exchange's orders have been compared with the records, ms since the epoch. */
export interface AuditMark {
  read(): Promise<number | undefined>;
  write(upTo: number): Promise<void>;
}

/** What an audit needs. */
export interface AuditPorts {
  readonly store: Pick<OrderStore, 'get' | 'update'>;
  readonly exchange: Pick<OrderExchange, 'scanOrders'>;
  readonly mark: AuditMark;
  readonly breaker: Breaker;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What an audit has found. */
export interface Audit {
  /** Whether everything since the last audit was seen. */
  readonly complete: boolean;
  /** Orders of ours without a record. */
  readonly orphans: number;
  /** Second orders at the exchange under one client order id. */
  readonly duplicates: number;
  /** Orders that had been given up, or had been refused, and are there. */
  readonly late: number;
}

/** Audits overlap by this much: orders can be listed late. */
const overlapMs = 40 * 60_000;

/**
 * Compares the exchange's list of orders with the records, even when no order is open: an order of ours without a
 * record, a second one under the same id, or one that had been given up must not pass unseen. Each opens the breaker.
 * The mark moves only after a complete list, so that nothing is skipped while the exchange cannot be read.
 *
 * @param tag the mark of this stage in its order ids; orders of other stages and other people are not ours to judge
 */
export async function auditOrders(ports: AuditPorts, tag: string): Promise<Audit> {
  const now = ports.clock.now();
  const scan = await ports.exchange.scanOrders((await markOrBegin(ports, now)) - overlapMs);
  const found = { orphans: 0, duplicates: 0, late: 0 };
  for (const seen of scan.orders) {
    if (seen.clientOrderId === undefined || !isOrderOf(tag, seen.clientOrderId)) continue;
    const finding = await compare(ports, seen, seen.clientOrderId);
    if (finding !== undefined) found[finding] += 1;
  }
  if (scan.complete) await ports.mark.write(now);
  return { complete: scan.complete, ...found };
}

/** The first audit of a stage leaves its mark before it looks: what comes while it cannot is not to be missed. */
async function markOrBegin(ports: AuditPorts, now: number): Promise<number> {
  const upTo = await ports.mark.read();
  if (upTo !== undefined) return upTo;
  await ports.mark.write(now);
  return now;
}

async function compare(
  ports: AuditPorts,
  seen: ExchangeOrder,
  orderId: string,
): Promise<'orphans' | 'duplicates' | 'late' | undefined> {
  const order = await ports.store.get(orderId);
  if (order === undefined) {
    await alarm(ports, 'order-orphan', orderId, seen);
    return 'orphans';
  }
  if (order.exchangeOrderId !== undefined && order.exchangeOrderId !== seen.exchangeOrderId) {
    await alarm(ports, 'order-duplicate', orderId, seen);
    return 'duplicates';
  }
  // What is still in view is settled by the balance checks.
  const isGivenUp = order.state === 'ABANDONED' || (order.state === 'REJECTED' && order.confirmed);
  return isGivenUp && order.exchangeOrderId === undefined ? recordLate(ports, order, seen) : undefined;
}

async function recordLate(ports: AuditPorts, order: Order, seen: ExchangeOrder): Promise<'late'> {
  await alarm(ports, 'order-seen-late', order.orderId, seen);
  const now = ports.clock.now();
  const next =
    observeOrder(order, seen, now) ?? moveOrder(order, { exchangeOrderId: seen.exchangeOrderId }, now);
  await ports.store.update(order, next);
  return 'late';
}

async function alarm(
  ports: AuditPorts,
  event: 'order-orphan' | 'order-duplicate' | 'order-seen-late',
  orderId: string,
  seen: ExchangeOrder,
): Promise<void> {
  ports.log.error(event, { orderId, exchangeOrderId: seen.exchangeOrderId });
  await ports.breaker.open(event, orderId);
}
