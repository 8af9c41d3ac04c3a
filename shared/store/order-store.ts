import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { changeBetween, isNoChange, type SpendingLimits } from '../ledger/budget.ts';
import type { Order } from '../orders/order.ts';
import type { CreateOutcome, OrderStore, UpdateOutcome } from '../orders/store-port.ts';
import { countInHour, reserveFrom, settleIn } from './budget-items.ts';
import { requireClosedBreaker, requireLive } from './control-items.ts';
import { readControl, stopReasonNow } from './control-store.ts';
import { eventToItem } from './event-item.ts';
import { addToFillTotals, readFillTotals } from './fill-totals.ts';
import { giveBack, takeFor, takeForGood } from './held-items.ts';
import { type Item, itemKey } from './item.ts';
import { orderFromItem, orderToItem } from './order-item.ts';
import { createOrderReader, exchangeIdKey, getOrder, readOwner, readUnfinished } from './order-queries.ts';
import { giveTermsBack, mayHaveLostTerms, takeTerms } from './order-terms.ts';
import { partitions } from './partitions.ts';
import type { TableTools } from './read-item.ts';
import { type PurposeWrite, type TransactionTools, writeForPurposes } from './transactions.ts';
import { putFirstVersion, putNextVersion } from './versions.ts';

export interface OrderStoreTools extends TransactionTools, TableTools {
  /** The deployment's limits; the administrator's settings can only be tighter. */
  readonly ceiling: SpendingLimits;
}

/** Orders in DynamoDB. The only place that knows keys, expressions and conditions. */
export function createOrderStore(tools: OrderStoreTools): OrderStore {
  return {
    ...createOrderReader(tools),
    ...createOrderRecorder(tools),
    ownerOf: (exchangeOrderId) => readOwner(tools, exchangeOrderId),
    fillTotals: (instrument) => readFillTotals(tools, instrument),
    unfinished: (limit) => readUnfinished(tools, limit),
  };
}

/** The part of it that records orders and what becomes of them. */
export function createOrderRecorder(tools: OrderStoreTools): Pick<OrderStore, 'create' | 'update' | 'get'> {
  return {
    create: (order) => create(tools, order),
    update: (before, after) => update(tools, before, after),
    get: (orderId) => getOrder(tools, orderId),
  };
}

/** What an item of a transaction is for, so that its refusal can be understood. */
type Purpose =
  | 'record'
  | 'event'
  | 'settings'
  | 'breaker'
  | 'day'
  | 'month'
  | 'hour'
  | 'slot'
  | 'terms'
  | 'fills'
  | 'exchange-id';
type Write = PurposeWrite<Purpose>;

async function create(tools: OrderStoreTools, order: Order): Promise<CreateOutcome> {
  const { tableName } = tools;
  const { limits } = await readControl(tools, tools.ceiling);
  const writes: Write[] = [
    ['record', putFirstVersion(tableName, orderToItem(order))],
    ['event', putEvent(tableName, undefined, order)],
    ['settings', requireLive(tableName)],
    ['breaker', requireClosedBreaker(tableName)],
    ['day', reserveFrom(tableName, order.budgetDay, order.reserved, limits.perDay)],
    ['month', reserveFrom(tableName, order.budgetMonth, order.reserved, limits.perMonth)],
    ['hour', countInHour(tableName, order, limits.ordersPerHour)],
  ];
  if (order.holdsSlot) writes.push(['slot', takeFor(tableName, slotKey(order), order.orderId)]);
  if (order.holdsTerms) writes.push(['terms', takeTerms(tableName, order)]);
  if (order.reserved > limits.perOrder) return tooDear(tools, order);
  const { refused, existing } = await writeForPurposes(tools, writes);
  if (existing !== undefined) return { kind: 'exists', order: orderFromItem(existing) };
  if (refused.has('settings') || refused.has('breaker'))
    return { kind: 'stopped', why: await stopReasonNow(tools, tools.ceiling) };
  if (refused.has('slot')) return { kind: 'slot-taken' };
  if (refused.has('terms')) return { kind: 'terms-taken' };
  if (refused.has('hour')) return { kind: 'too-many-orders' };
  if (refused.has('day')) return { kind: 'over-budget', period: 'day' };
  if (refused.has('month')) return { kind: 'over-budget', period: 'month' };
  return { kind: 'created' };
}

/** Too dear for a single order now; one that was recorded under wider limits is still answered. */
async function tooDear(tools: OrderStoreTools, order: Order): Promise<CreateOutcome> {
  const existing = await getOrder(tools, order.orderId);
  return existing === undefined
    ? { kind: 'over-budget', period: 'order' }
    : { kind: 'exists', order: existing };
}

async function update(tools: OrderStoreTools, before: Order, after: Order): Promise<UpdateOutcome> {
  const { tableName } = tools;
  const writes: Write[] = [
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
  if (before.holdsSlot && !after.holdsSlot)
    writes.push(['slot', giveBack(tableName, slotKey(after), after.orderId)]);
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

function putEvent(tableName: string, before: Order | undefined, after: Order): TransactWriteItem {
  return { Put: { TableName: tableName, Item: eventToItem(before, after) } };
}

function slotKey({ instrument, purpose }: Order): Item {
  return itemKey(`${partitions.slot}${instrument}#${purpose ?? 'urgent'}`);
}
