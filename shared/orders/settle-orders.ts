import {
  type Audit,
  type AuditedListing,
  type AuditPorts,
  type AuditProgress,
  auditFrom,
  auditOrders,
  auditProgress,
} from './audit-orders.ts';
import type { OrderExchange, OrderScan } from './exchange-port.ts';
import { findOrdersOfOthers, unitsOnOrder } from './foreign-orders.ts';
import type { Order } from './order.ts';
import { isUnlocated, type ResolveOrdersPorts, resolveOrders } from './resolve-orders.ts';
import { scanMarginMs } from './time-limits.ts';

/** What settling and auditing need. */
export type SettleOrdersPorts = ResolveOrdersPorts &
  AuditPorts & { readonly exchange: Pick<OrderExchange, 'scanOrders'> };

/** What was learnt of the orders. */
export interface Settlement {
  /** Orders that moved, as they are now. */
  readonly moved: readonly Order[];
  /** Undefined if it could not be made; it is made up for in the next run. */
  readonly audit: Audit | undefined;
  /** Whole Units that others have on order on this account, by market. */
  readonly onOrderByOthers: ReadonlyMap<string, bigint>;
}

/** More unfinished orders than this are not looked at in one run. */
export const mostUnfinished = 500;

/**
 * Lists the exchange's orders once, and then settles what is open and compares the list with the records. Nothing is
 * bought before this: what is not known to be over counts as coming.
 *
 * @param tag the mark of this stage in its order ids
 */
export async function settleOrders(ports: SettleOrdersPorts, tag: string): Promise<Settlement> {
  const { orders, complete } = await ports.store.unfinished(mostUnfinished);
  if (!complete) ports.log.error('too-many-unfinished-orders', { orders: orders.length });
  const progress = await progressSafely(ports);
  const listedAt = ports.clock.now();
  const listing = await scanSafely(ports, earliest(progress, orders));
  const others = await findOrdersOfOthers(ports.store, tag, listing, orders.filter(isUnlocated));
  const moved = await resolveOrders(ports, orders, listing);
  const audited = { ...listing, listedAt, foreign: others.foreign };
  return {
    moved,
    audit: progress === undefined ? undefined : await auditSafely(ports, tag, progress, audited),
    onOrderByOthers: unitsOnOrder(others),
  };
}

function earliest(progress: AuditProgress | undefined, orders: readonly Order[]): number {
  const created = orders.map((order) => order.createdAt - scanMarginMs);
  return Math.min(progress === undefined ? Number.POSITIVE_INFINITY : auditFrom(progress), ...created);
}

async function progressSafely(ports: SettleOrdersPorts): Promise<AuditProgress | undefined> {
  try {
    return await auditProgress(ports);
  } catch (error) {
    ports.log.error('audit-failed', { error: nameOf(error) });
    return undefined;
  }
}

async function scanSafely(ports: SettleOrdersPorts, since: number): Promise<OrderScan> {
  if (since === Number.POSITIVE_INFINITY) return { orders: [], complete: false };
  try {
    const scan = await ports.exchange.scanOrders(since);
    if (!scan.complete) ports.log.warn('order-scan-incomplete', { orders: scan.orders.length });
    return scan;
  } catch (error) {
    ports.log.warn('order-scan-failed', { error: nameOf(error) });
    return { orders: [], complete: false };
  }
}

/** Trouble in comparing is left to the next run: the mark stays where it was. */
async function auditSafely(
  ports: SettleOrdersPorts,
  tag: string,
  progress: AuditProgress,
  listing: AuditedListing,
): Promise<Audit | undefined> {
  try {
    return await auditOrders(ports, tag, progress, listing);
  } catch (error) {
    ports.log.error('audit-failed', { error: nameOf(error) });
    return undefined;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
