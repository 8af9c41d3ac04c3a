import type { SpendingLimits } from '../ledger/budget.ts';
import type { Order } from '../orders/order.ts';
import type { CreateOutcome, DecidedBy } from '../orders/store-port.ts';
import { chargeTo, countInHour, reserveFrom } from './budget-items.ts';
import { requireClosedBreaker } from './control-items.ts';
import { readControl, stopReasonNow } from './control-store.ts';
import { putEvent } from './event-item.ts';
import { orderFromItem, orderToItem } from './order-item.ts';
import { getOrder } from './order-queries.ts';
import { takeSlot } from './order-slot.ts';
import { takeTerms } from './order-terms.ts';
import type { TableTools } from './read-item.ts';
import { requireLiveVersion } from './settings-items.ts';
import { type PurposeWrite, type TransactionTools, writeForPurposes } from './transactions.ts';
import { putFirstVersion } from './versions.ts';

/** What recording new orders needs. */
export interface OrderStoreTools extends TransactionTools, TableTools {
  /** The deployment's limits; the administrator's settings can only be tighter. */
  readonly ceiling: SpendingLimits;
}

/** What an item of a transaction is for, so that its refusal can be understood. */
type Purpose = 'record' | 'event' | 'settings' | 'breaker' | 'day' | 'month' | 'hour' | 'slot' | 'terms';
type Write = PurposeWrite<Purpose>;

/**
 * Records a new order, as the port says.
 *
 * @throws StoreUnavailableError
 */
export async function recordOrder(
  tools: OrderStoreTools,
  order: Order,
  { settingsVersion, limits }: DecidedBy,
): Promise<CreateOutcome> {
  const { tableName } = tools;
  const writes: Write[] = [
    ['record', putFirstVersion(tableName, orderToItem(order))],
    ['event', putEvent(tableName, undefined, order)],
    ['settings', requireLiveVersion(tableName, settingsVersion)],
    ['breaker', requireClosedBreaker(tableName)],
    ['day', reserveFrom(tableName, order.budgetDay, order.reserved, limits.perDay)],
    ['month', reserveFrom(tableName, order.budgetMonth, order.reserved, limits.perMonth)],
    ['hour', countInHour(tableName, order, limits.ordersPerHour)],
  ];
  if (order.holdsSlot) writes.push(['slot', takeSlot(tableName, order)]);
  if (order.holdsTerms) writes.push(['terms', takeTerms(tableName, order)]);
  if (order.reserved > limits.perOrder) return tooDear(tools, order);
  const { refused, existing } = await writeForPurposes(tools, writes);
  if (existing !== undefined) return { kind: 'exists', order: orderFromItem(existing) };
  if (refused.has('settings') || refused.has('breaker')) return stoppedOrChanged(tools);
  if (refused.has('slot')) return { kind: 'slot-taken' };
  if (refused.has('terms')) return { kind: 'terms-taken' };
  if (refused.has('hour')) return { kind: 'too-many-orders' };
  if (refused.has('day')) return { kind: 'over-budget', period: 'day' };
  if (refused.has('month')) return { kind: 'over-budget', period: 'month' };
  return { kind: 'created' };
}

/** What was read last does not hold any more: buying is stopped, or it was for a moment, or the settings are others. */
async function stoppedOrChanged(tools: OrderStoreTools): Promise<CreateOutcome> {
  const why = await stopReasonNow(tools, tools.ceiling);
  return why === undefined ? { kind: 'settings-changed' } : { kind: 'stopped', why };
}

/** Records an order that was sent already, as the port says. */
export async function adoptOrder(tools: OrderStoreTools, order: Order): Promise<void> {
  const { tableName } = tools;
  const { limits } = await readControl(tools, tools.ceiling);
  await writeForPurposes<Purpose>(tools, [
    ['record', putFirstVersion(tableName, orderToItem(order))],
    ['event', putEvent(tableName, undefined, order)],
    ['day', chargeTo(tableName, order.budgetDay, order.reserved, limits.perDay)],
    ['month', chargeTo(tableName, order.budgetMonth, order.reserved, limits.perMonth)],
  ]);
}

/** Too dear for a single order now; one that was recorded under wider limits is still answered. */
async function tooDear(tools: OrderStoreTools, order: Order): Promise<CreateOutcome> {
  const existing = await getOrder(tools, order.orderId);
  return existing === undefined
    ? { kind: 'over-budget', period: 'order' }
    : { kind: 'exists', order: existing };
}
