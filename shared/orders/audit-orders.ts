import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import { adoptedOrder } from './adopt-order.ts';
import type { Breaker } from './control-port.ts';
import type { ExchangeOrder, OrderScan, SeenOrder } from './exchange-port.ts';
import { moveOrder } from './life-cycle.ts';
import { observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import { isOrderOf } from './order-id.ts';
import type { Recovery } from './recovery.ts';
import type { OrderStore } from './store-port.ts';

/** How far the exchange's orders have been compared with the records, ms since the epoch. */
export interface AuditProgress {
  /** Since when this stage is responsible for what happens on the account. */
  readonly beganAt: number;
  readonly upTo: number;
}

/** Where that is kept. */
export interface AuditMark {
  read(): Promise<AuditProgress | undefined>;
  write(progress: AuditProgress): Promise<void>;
}

/** What an audit needs. */
export interface AuditPorts {
  readonly store: Pick<OrderStore, 'get' | 'getAll' | 'update' | 'adopt'>;
  readonly mark: AuditMark;
  readonly breaker: Breaker;
  /** Whether orders that no stage of ours has sent stop all buying, or are only counted and reported. */
  readonly foreignOrders: 'stop' | 'count';
  readonly recovery: Recovery;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What an audit has found. */
export interface Audit {
  /** Whether everything since the last audit was seen. */
  readonly complete: boolean;
  /** Orders of ours without a record. */
  readonly orphans: number;
  /** Orders of ours that were taken up again after the records were restored from a backup. */
  readonly adopted: number;
  /** Second orders at the exchange under one client order id. */
  readonly duplicates: number;
  /** Orders that had been given up, or had been refused, and are there. */
  readonly late: number;
  /** Orders of other people and programs on the same account. */
  readonly foreign: number;
}

/** Audits overlap by this much: orders can be listed late. */
const overlapMs = 40 * 60_000;

/**
 * How far audits have come. The first one of a stage leaves its mark before it looks: what comes while it cannot is not to
 * be missed.
 */
export async function auditProgress(ports: Pick<AuditPorts, 'mark' | 'clock'>): Promise<AuditProgress> {
  const known = await ports.mark.read();
  if (known !== undefined) return known;
  const now = ports.clock.now();
  const begun = { beganAt: now, upTo: now };
  await ports.mark.write(begun);
  return begun;
}

/** Since when orders must be listed for an audit that leaves no gap. */
export function auditFrom({ upTo }: AuditProgress): number {
  return upTo - overlapMs;
}

/** Own orders as the exchange lists them. */
export interface AuditedListing extends OrderScan {
  /** When the listing was begun. */
  readonly listedAt: number;
  /** Those of them that people and other programs have sent. */
  readonly foreign: readonly ExchangeOrder[];
}

/**
 * Compares the exchange's list of orders with the records, even when no order is open: an order of ours without a
 * record, a second one under the same id, one that had been given up, or one that is not ours at all must not pass
 * unseen. Each opens the breaker. The mark moves only after a complete list, so that nothing is skipped while the
 * exchange cannot be read.
 *
 * @param tag the mark of this stage in its order ids; orders of other stages of ours are not ours to judge
 * @param listing own orders since `auditFrom`
 */
export async function auditOrders(
  ports: AuditPorts,
  tag: string,
  progress: AuditProgress,
  listing: AuditedListing,
): Promise<Audit> {
  const found = { orphans: 0, adopted: 0, duplicates: 0, late: 0, foreign: 0 };
  for (const { seen, orderId } of await findSuspects(ports, tag, listing)) {
    const finding = await compare(ports, seen, orderId);
    if (finding !== undefined) found[finding] += 1;
  }
  for (const seen of listing.foreign) {
    // What was ordered before this stage began is nobody's mistake.
    if ((seen.submittedAt ?? 0) < progress.beganAt) continue;
    await reportForeign(ports, seen);
    found.foreign += 1;
  }
  if (listing.complete) await ports.mark.write({ ...progress, upTo: listing.listedAt });
  return { complete: listing.complete, ...found };
}

/** Two buyers on one account, or somebody else with our key. */
async function reportForeign(ports: AuditPorts, seen: ExchangeOrder): Promise<void> {
  if (ports.foreignOrders === 'count') return;
  // After a restore it may be ours: where ids are not shown nothing tells. Whoever closes the breaker has compared them all.
  const isPerhapsOurs = seen.clientOrderId === undefined && (await ports.recovery.isUnderWay());
  await alarm(ports, 'order-foreign', seen.exchangeOrderId, seen, isPerhapsOurs ? 'note' : 'openOnce');
}

/** Orders of ours at the exchange that are not as their records say, or that have none. */
async function findSuspects(
  { store }: AuditPorts,
  tag: string,
  { orders }: OrderScan,
): Promise<readonly { readonly seen: SeenOrder; readonly orderId: string }[]> {
  const ours = orders.flatMap((seen) => {
    const { clientOrderId: orderId } = seen;
    return orderId !== undefined && isOrderOf(tag, orderId) ? [{ seen, orderId }] : [];
  });
  const records = await store.getAll(ours.map(({ orderId }) => orderId));
  return ours.filter(({ seen, orderId }) => {
    const record = records.get(orderId);
    return record === undefined || whatIsWrong(record, seen) !== undefined;
  });
}

/** Why an order at the exchange should not be there; what is still in view is settled by the balance checks. */
function whatIsWrong(order: Order, seen: SeenOrder): 'second' | 'given-up' | undefined {
  if (order.exchangeOrderId !== undefined) {
    return order.exchangeOrderId === seen.exchangeOrderId ? undefined : 'second';
  }
  const isGivenUp = order.state === 'ABANDONED' || (order.state === 'REJECTED' && order.confirmed);
  return isGivenUp ? 'given-up' : undefined;
}

/** By the record as it is now: when an order is listed twice, what the first one came to is in it. */
async function compare(
  ports: AuditPorts,
  seen: SeenOrder,
  orderId: string,
): Promise<'orphans' | 'adopted' | 'duplicates' | 'late' | undefined> {
  const order = await ports.store.get(orderId);
  if (order === undefined) return adoptOrReport(ports, seen, orderId);
  const wrong = whatIsWrong(order, seen);
  if (wrong === 'second') {
    await alarm(ports, 'order-duplicate', `${orderId} ${seen.exchangeOrderId}`, seen);
    return 'duplicates';
  }
  return wrong === 'given-up' ? recordLate(ports, order, seen) : undefined;
}

/** An order of ours without a record is a mistake, or was placed after the moment that the records were restored to. */
async function adoptOrReport(
  ports: AuditPorts,
  seen: SeenOrder,
  orderId: string,
): Promise<'orphans' | 'adopted'> {
  const { exchangeOrderId } = seen;
  const isRecovering = await ports.recovery.isUnderWay();
  const adopted = isRecovering ? adoptedOrder(seen, ports.recovery, ports.clock.now()) : undefined;
  if (adopted === undefined) {
    await alarm(ports, 'order-orphan', orderId, seen);
    return 'orphans';
  }
  await ports.store.adopt(adopted);
  ports.log.warn('order-adopted', { orderId, exchangeOrderId, instrument: adopted.instrument });
  return 'adopted';
}

/** The breaker is opened before it is written, or a process that ends in between would leave an ordinary record. */
async function recordLate(ports: AuditPorts, order: Order, seen: SeenOrder): Promise<'late'> {
  ports.log.error('order-seen-late', { orderId: order.orderId, exchangeOrderId: seen.exchangeOrderId });
  await ports.breaker.open('order-seen-late', order.orderId);
  const now = ports.clock.now();
  const next =
    observeOrder(order, seen, now) ?? moveOrder(order, { exchangeOrderId: seen.exchangeOrderId }, now);
  await ports.store.update(order, next);
  return 'late';
}

/** Such a finding stays in view for as long as the list shows it; it stops buying once. */
async function alarm(
  ports: AuditPorts,
  event: 'order-orphan' | 'order-duplicate' | 'order-foreign',
  reference: string,
  seen: ExchangeOrder,
  how: 'openOnce' | 'note' = 'openOnce',
): Promise<void> {
  ports.log.error(event, { reference, exchangeOrderId: seen.exchangeOrderId });
  await ports.breaker[how](event, reference);
}
