import { changeBetween, isNoChange } from '../ledger/budget.ts';
import type { Order } from '../orders/order.ts';
import type { UpdateOutcome } from '../orders/store-port.ts';
import { settleIn } from './budget-items.ts';
import { requireClosedBreaker } from './control-items.ts';
import { putEvent } from './event-item.ts';
import { addToFillTotals } from './fill-totals.ts';
import { takeForGood } from './held-items.ts';
import { orderToItem } from './order-item.ts';
import { exchangeIdKey } from './order-queries.ts';
import { giveSlotBack } from './order-slot.ts';
import { giveTermsBack, mayHaveLostTerms } from './order-terms.ts';
import type { TableTools } from './read-item.ts';
import { requireLive } from './settings-items.ts';
import { type PurposeWrite, type TransactionTools, writeForPurposes } from './transactions.ts';
import { putNextVersion } from './versions.ts';

/** What an item of a transaction is for, so that its refusal can be understood. */
type Purpose =
  | 'record'
  | 'event'
  | 'settings'
  | 'breaker'
  | 'day'
  | 'month'
  | 'slot'
  | 'terms'
  | 'fills'
  | 'exchange-id';

/**
 * Writes the next version of an order, as the port says.
 *
 * @throws StoreUnavailableError
 */
export async function updateOrder(
  tools: TransactionTools & TableTools,
  before: Order,
  after: Order,
): Promise<UpdateOutcome> {
  const { tableName } = tools;
  const writes: PurposeWrite<Purpose>[] = [
    ['record', putNextVersion(tableName, before, orderToItem(after))],
    ['event', putEvent(tableName, before, after)],
  ];
  if (after.state === 'SUBMITTED' && before.state === 'PENDING') {
    writes.push(['settings', requireLive(tableName)], ['breaker', requireClosedBreaker(tableName)]);
  }
  const change = changeBetween(before, after);
  if (!isNoChange(change)) {
    writes.push(['day', settleIn(tableName, after.budgetDay, change)]);
    writes.push(['month', settleIn(tableName, after.budgetMonth, change)]);
  }
  if (before.holdsSlot && !after.holdsSlot) writes.push(['slot', giveSlotBack(tableName, after)]);
  if (before.holdsTerms && !after.holdsTerms && !mayHaveLostTerms(after))
    writes.push(['terms', giveTermsBack(tableName, after)]);
  if (after.filledQuantity > before.filledQuantity) {
    writes.push(['fills', addToFillTotals(tableName, before, after)]);
  }
  if (after.exchangeOrderId !== undefined && before.exchangeOrderId !== after.exchangeOrderId) {
    const key = exchangeIdKey(after.exchangeOrderId);
    writes.push(['exchange-id', takeForGood(tableName, key, after.orderId, after.updatedAt)]);
  }
  const { refused } = await writeForPurposes(tools, writes);
  if (refused.size === 0) return 'written';
  if (refused.has('record')) return 'stale';
  if (refused.has('settings') || refused.has('breaker')) return 'stopped';
  return refused.has('exchange-id') ? 'exchange-id-taken' : 'stale';
}
