import type { AuditProgress } from '../orders/audit-orders.ts';
import { restoredFromBackup } from '../orders/control-port.ts';
import { moveOrder } from '../orders/life-cycle.ts';
import type { Order } from '../orders/order.ts';
import { neverSentAfterMs, verdictDelayMs } from '../orders/time-limits.ts';
import { breakerToItem } from './control-items.ts';
import { createAuditMark } from './control-store.ts';
import { putEvent } from './event-item.ts';
import type { Item } from './item.ts';
import { orderToItem } from './order-item.ts';
import { readUnfinished } from './order-queries.ts';
import type { TableTools } from './read-item.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';
import { putNextVersion } from './versions.ts';

/** What was done to a restored table. */
export interface PreparedTable {
  /** Orders that were recorded and not claimed at that moment: they may have been sent since. */
  readonly perhapsSent: number;
  /** Since when the exchange's orders will be compared with the records. */
  readonly comparedSince: number;
}

/** More orders than this were never unfinished at once. */
const mostUnfinished = 5_000;

/**
 * Makes a table that was restored from a backup safe to be used: nothing is bought until an administrator has closed the
 * breaker, and while it is open checks take up what was ordered after that moment. An order that was only recorded then is
 * marked as sent, because its record must not end as one that never was. Running it again changes nothing more.
 *
 * @param restoredTo the moment that the records are of, ms since the epoch
 * @throws StoreUnavailableError
 */
export async function prepareRestoredTable(
  tools: TransactionTools & TableTools & { readonly now: number },
  restoredTo: number,
): Promise<PreparedTable> {
  const { tableName, now } = tools;
  await writeTogether(tools, [put(tableName, breakerToItem(restoredFromBackup, tableName, now))]);
  const comparedSince = await setMarkBack(tools, restoredTo);
  const { orders, complete } = await readUnfinished(tools, mostUnfinished);
  if (!complete) throw new Error(`More than ${mostUnfinished} orders are not finished.`);
  const pending = orders.filter(({ state }) => state === 'PENDING');
  for (const order of pending) await markAsSent(tools, order);
  return { perhapsSent: pending.length, comparedSince };
}

async function setMarkBack(tools: TransactionTools & TableTools, restoredTo: number): Promise<number> {
  const mark = createAuditMark(tools);
  const { beganAt, upTo }: AuditProgress = (await mark.read()) ?? { beganAt: restoredTo, upTo: restoredTo };
  const since = Math.min(upTo, restoredTo);
  await mark.write({ beganAt, upTo: since });
  return since;
}

/** Its invocation may have claimed it until a minute later. */
async function markAsSent(
  tools: TransactionTools & TableTools & { readonly now: number },
  order: Order,
): Promise<void> {
  const { tableName, now } = tools;
  const { createdAt: sentAt } = order;
  const notAfter = sentAt + neverSentAfterMs + verdictDelayMs;
  const sent = moveOrder(order, { state: 'SUBMITTED', signedAt: sentAt, sentAt, notAfter }, now);
  await writeTogether(tools, [
    putNextVersion(tableName, order, orderToItem(sent)),
    putEvent(tableName, order, sent),
  ]);
}

function put(TableName: string, Item: Item) {
  return { Put: { TableName, Item } };
}
