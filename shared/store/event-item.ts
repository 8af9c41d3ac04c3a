import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Order, type OrderState, orderStates } from '../orders/order.ts';
import type { OrderEvent } from '../orders/store-port.ts';
import { CorruptItemError, expiryOf, type Item, itemKey } from './item.ts';
import { orderPartition } from './order-item.ts';
import { tableShape } from './table-shape.ts';

/** Sort keys of events begin so; the version is padded so that they sort. */
export const eventPrefix = 'e#';

/** Writes one entry of an order's history, together with each version of its record. */
export function putEvent(tableName: string, before: Order | undefined, after: Order): TransactWriteItem {
  return { Put: { TableName: tableName, Item: eventToItem(before, after) } };
}

export function eventToItem(before: Order | undefined, after: Order): Item {
  const version = String(after.version).padStart(6, '0');
  return {
    ...itemKey(orderPartition(after.orderId), `${eventPrefix}${version}`),
    version: { N: String(after.version) },
    to: { S: after.state },
    at: { N: String(after.updatedAt) },
    [tableShape.timeToLive]: { N: expiryOf(after.updatedAt) },
    ...(before === undefined ? {} : { from: { S: before.state } }),
    ...(after.reason === undefined ? {} : { reason: { S: after.reason } }),
  };
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
export function eventFromItem(item: Item): OrderEvent {
  const to = stateIn(item, 'to');
  const version = Number(item['version']?.N);
  const at = Number(item['at']?.N);
  if (to === undefined || !Number.isSafeInteger(version) || !Number.isSafeInteger(at)) {
    throw new CorruptItemError('An event of an order is not what it should be.');
  }
  return { version, from: stateIn(item, 'from'), to, reason: item['reason']?.S, at };
}

function stateIn(item: Item, name: string): OrderState | undefined {
  const word = item[name]?.S;
  return orderStates.find((state) => state === word);
}
