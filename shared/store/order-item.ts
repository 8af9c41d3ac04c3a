import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isFinished } from '../orders/life-cycle.ts';
import { type Order, orderPurposes, orderStates, waysToMatch } from '../orders/order.ts';
import { tableShape } from './table-shape.ts';

export type Item = Record<string, AttributeValue>;

/** An item of the table does not hold what we write there. */
export class CorruptItemError extends Error {
  override readonly name = 'CorruptItemError';
}

type FieldKind = 'text' | 'integer' | 'number' | 'flag';

/** How each attribute of an order is stored: `integer` for exact amounts, `number` for times and counts. */
const orderFields: Readonly<Record<keyof Order, FieldKind>> = {
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

const words: Partial<Record<keyof Order, readonly string[]>> = {
  state: orderStates,
  source: ['api', 'schedule'],
  purpose: orderPurposes,
  matchedBy: waysToMatch,
  requestedType: ['limit', 'market'],
  sentType: ['limit', 'market'],
  timeInForce: ['gtc', 'ioc', 'fok', 'day'],
};

const orderPartitionPrefix = 'ORDER#';

/** All orders carry this, so that one index lists them by time. */
export const orderCollection = 'ORDERS';
/** Unfinished orders carry this. */
export const openWork = 'OPEN';

/** Finished records are kept this long: the promise that an idempotency key is remembered. */
const retentionSeconds = 400 * 24 * 60 * 60;

/** The key of an item that is alone in its partition, or the main one there. */
export function itemKey(partition: string, sort = 'v0'): Item {
  return { [tableShape.partitionKey]: { S: partition }, [tableShape.sortKey]: { S: sort } };
}

/** The partition of an order's record and of its history. */
export function orderPartition(orderId: string): string {
  return `${orderPartitionPrefix}${orderId}`;
}

/** The order id in the key of an order's record. */
export function orderIdOf(key: Item): string {
  return (key[tableShape.partitionKey]?.S ?? '').slice(orderPartitionPrefix.length);
}

/** The order as an item, with its key and the attributes of the indexes. */
export function orderToItem(order: Order): Item {
  const item: Item = {
    ...itemKey(orderPartition(order.orderId)),
    [tableShape.createdIndex.partitionKey]: { S: orderCollection },
  };
  for (const name of fieldNames()) {
    const value = order[name];
    if (value !== undefined) item[name] = toAttribute(value);
  }
  if (isFinished(order)) {
    item[tableShape.timeToLive] = { N: expiryOf(order.updatedAt) };
  } else {
    item[tableShape.workIndex.partitionKey] = { S: openWork };
    item[tableShape.workIndex.sortKey] = { N: String(order.createdAt) };
  }
  return item;
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
export function orderFromItem(item: Item): Order {
  const order: Record<string, unknown> = {};
  for (const name of fieldNames()) order[name] = readField(item, name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was read and checked by its kind above
  return order as unknown as Order;
}

/** When an item written now may go, in seconds since the epoch. */
export function expiryOf(now: number): string {
  return String(Math.floor(now / 1000) + retentionSeconds);
}

function fieldNames(): (keyof Order)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has exactly the fields of an order
  return Object.keys(orderFields) as (keyof Order)[];
}

function toAttribute(value: string | number | bigint | boolean): AttributeValue {
  if (typeof value === 'boolean') return { BOOL: value };
  return typeof value === 'string' ? { S: value } : { N: value.toString() };
}

function readField(item: Item, name: keyof Order): string | number | bigint | boolean | undefined {
  const attribute = item[name];
  if (attribute === undefined) {
    if (optionalFields.has(name)) return undefined;
    throw new CorruptItemError(`The order item has no ${name}.`);
  }
  const value = readAttribute(attribute, orderFields[name]);
  const allowed = words[name];
  if (value === undefined || (allowed !== undefined && !allowed.includes(String(value)))) {
    throw new CorruptItemError(`The order item's ${name} is not what it should be.`);
  }
  return value;
}

function readAttribute(
  attribute: AttributeValue,
  kind: FieldKind,
): string | number | bigint | boolean | undefined {
  switch (kind) {
    case 'text':
      return attribute.S;
    case 'flag':
      return attribute.BOOL;
    case 'integer':
      return attribute.N !== undefined && /^-?\d+$/.test(attribute.N) ? BigInt(attribute.N) : undefined;
    case 'number':
      return attribute.N === undefined ? undefined : Number(attribute.N);
  }
}
