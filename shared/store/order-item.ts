import { isFinished } from '../orders/life-cycle.ts';
import { type Order, orderPurposes, orderStates, waysToMatch } from '../orders/order.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { collections, openWork, partitions } from './partitions.ts';
import { fieldsFromItem, fieldsToItem, type RecordFields } from './record-fields.ts';
import { tableShape } from './table-shape.ts';

const orderKinds: RecordFields<keyof Order>['kinds'] = {
  orderId: 'text',
  state: 'text',
  confirmed: 'flag',
  version: 'number',
  nonce: 'text',
  payloadFingerprint: 'text',
  source: 'text',
  purpose: 'text',
  holdsSlot: 'flag',
  principal: 'text',
  instrument: 'text',
  marketId: 'text',
  requestedType: 'text',
  sentType: 'text',
  timeInForce: 'text',
  quantity: 'integer',
  limitPrice: 'integer',
  feeBasisPoints: 'integer',
  budgetDay: 'text',
  budgetMonth: 'text',
  reserved: 'integer',
  spent: 'integer',
  filledQuantity: 'integer',
  averagePrice: 'integer',
  exchangeOrderId: 'text',
  matchedBy: 'text',
  signedAt: 'number',
  sentAt: 'number',
  notAfter: 'number',
  misses: 'number',
  missedAt: 'number',
  cancelRequestedAt: 'number',
  settledAt: 'number',
  reason: 'text',
  responseStatus: 'number',
  createdAt: 'number',
  updatedAt: 'number',
};

const optionalFields: ReadonlySet<keyof Order> = new Set([
  'purpose',
  'matchedBy',
  'averagePrice',
  'exchangeOrderId',
  'signedAt',
  'sentAt',
  'notAfter',
  'missedAt',
  'cancelRequestedAt',
  'settledAt',
  'reason',
  'responseStatus',
]);

const words: RecordFields<keyof Order>['words'] = {
  state: orderStates,
  source: ['api', 'schedule'],
  purpose: orderPurposes,
  matchedBy: waysToMatch,
  requestedType: ['limit', 'market'],
  sentType: ['limit', 'market'],
  timeInForce: ['gtc', 'ioc', 'fok', 'day'],
};

const orderFields: RecordFields<keyof Order> = {
  what: 'order',
  kinds: orderKinds,
  optional: optionalFields,
  words,
};

/** The partition of an order's record and of its history. */
export function orderPartition(orderId: string): string {
  return `${partitions.order}${orderId}`;
}

/** The order id in the key of an order's record. */
export function orderIdOf(key: Item): string {
  return (key[tableShape.partitionKey]?.S ?? '').slice(partitions.order.length);
}

/** The order as an item, with its key and the attributes of the indexes. */
export function orderToItem(order: Order): Item {
  const item: Item = {
    ...itemKey(orderPartition(order.orderId)),
    [tableShape.createdIndex.partitionKey]: { S: collections.orders },
    ...fieldsToItem(orderFields, order),
  };
  if (isFinished(order)) {
    item[tableShape.timeToLive] = { N: expiryOf(order.updatedAt) };
  } else {
    item[tableShape.workIndex.partitionKey] = { S: openWork.orders };
    item[tableShape.workIndex.sortKey] = { N: String(order.createdAt) };
  }
  return item;
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
export function orderFromItem(item: Item): Order {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was read and checked by its kind
  return fieldsFromItem(orderFields, item) as unknown as Order;
}
