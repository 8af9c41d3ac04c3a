import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { isFinished } from '../orders/life-cycle.ts';
import type { Order } from '../orders/order.ts';
import type {
  OrderEvent,
  OrderPage,
  OrderQuery,
  OrderStore,
  UnfinishedOrders,
} from '../orders/store-port.ts';
import { type ListPosition, readCursor, writeCursor } from './cursor.ts';
import { eventFromItem, eventPrefix } from './event-item.ts';
import { holderIn } from './held-items.ts';
import { type Item, itemKey } from './item.ts';
import { orderFromItem, orderIdOf, orderPartition } from './order-item.ts';
import { collections, openWork, partitions } from './partitions.ts';
import { queryItems } from './query-items.ts';
import { readItem, type TableTools } from './read-item.ts';
import { type ManyItemsTools, readItems } from './read-items.ts';
import { tableShape } from './table-shape.ts';

const { partitionKey, sortKey, workIndex, createdIndex } = tableShape;
/** How many orders one listing may look at in search of those that match its filter. */
const mostExamined = 2_000;
const examinedPerQuery = 200;

/** The part of the order store that shows orders to people. */
export function createOrderReader(tools: TableTools): Pick<OrderStore, 'get' | 'history' | 'list'> {
  return {
    get: (orderId) => getOrder(tools, orderId),
    history: (orderId) => readHistory(tools, orderId),
    list: (query) => listOrders(tools, query),
  };
}

/** Where the record that an order at the exchange belongs to is noted. */
export function exchangeIdKey(exchangeOrderId: string): Item {
  return itemKey(`${partitions.exchangeOrder}${exchangeOrderId}`);
}

/** The order ids of the records that orders at the exchange belong to, by the exchange's ids. */
export async function readOwners(
  tools: ManyItemsTools,
  exchangeOrderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const items = await readItems(tools, exchangeOrderIds.map(exchangeIdKey));
  const owners = new Map<string, string>();
  for (const item of items) {
    const owner = holderIn(item);
    if (owner !== undefined) owners.set(exchangeIdIn(item), owner);
  }
  return owners;
}

function exchangeIdIn(item: Item): string {
  return (item[partitionKey]?.S ?? '').slice(partitions.exchangeOrder.length);
}

/** The record as it is now. */
export async function getOrder(tools: TableTools, orderId: string): Promise<Order | undefined> {
  const item = await readItem(tools, recordKey(orderId));
  return item === undefined ? undefined : orderFromItem(item);
}

/** The records that there are of these orders, by order id, as they are now. */
export async function getOrders(
  tools: ManyItemsTools,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Order>> {
  const items = await readItems(tools, orderIds.map(recordKey));
  return new Map(items.map((item) => [orderIdOf(item), orderFromItem(item)]));
}

function recordKey(orderId: string): Item {
  return itemKey(orderPartition(orderId));
}

/** The history of an order, oldest first. */
async function readHistory(tools: TableTools, orderId: string): Promise<readonly OrderEvent[]> {
  const { items } = await queryItems(tools, {
    KeyConditionExpression: '#partition = :order AND begins_with(#sort, :event)',
    ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
    ExpressionAttributeValues: { ':order': { S: orderPartition(orderId) }, ':event': { S: eventPrefix } },
    ConsistentRead: true,
  });
  return items.map(eventFromItem);
}

/** Unfinished orders, oldest first. The index may lag, so each is read again. */
export async function readUnfinished(tools: ManyItemsTools, limit: number): Promise<UnfinishedOrders> {
  const { items, nextKey } = await queryItems(tools, {
    IndexName: workIndex.name,
    KeyConditionExpression: '#work = :open',
    ExpressionAttributeNames: { '#work': workIndex.partitionKey },
    ExpressionAttributeValues: { ':open': { S: openWork.orders } },
    Limit: limit,
  });
  const records = await readItems(tools, items);
  return {
    orders: records.map(orderFromItem).filter((order) => !isFinished(order)),
    complete: nextKey === undefined,
  };
}

/** One page of orders, newest first, looking at a bounded number of them. */
async function listOrders(tools: TableTools, wanted: OrderQuery): Promise<OrderPage> {
  const found: Order[] = [];
  let position = wanted.cursor === undefined ? undefined : readCursor(wanted.cursor);
  for (let examined = 0; examined < mostExamined; examined += examinedPerQuery) {
    const { items, nextKey } = await queryItems(tools, newestFirst(wanted, position));
    found.push(...items.map(orderFromItem));
    const last = found[wanted.limit - 1];
    if (last !== undefined && (found.length > wanted.limit || nextKey !== undefined)) {
      return { orders: found.slice(0, wanted.limit), nextCursor: writeCursor(last) };
    }
    if (nextKey === undefined) return { orders: found, nextCursor: undefined };
    position = positionOf(nextKey);
  }
  return { orders: found, nextCursor: position === undefined ? undefined : writeCursor(position) };
}

function newestFirst(
  wanted: OrderQuery,
  position: ListPosition | undefined,
): Omit<QueryCommandInput, 'TableName'> {
  const { state, instrument, principal } = wanted;
  const filters = Object.entries({ state, instrument, principal }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return {
    IndexName: createdIndex.name,
    ScanIndexForward: false,
    Limit: filters.length === 0 ? wanted.limit + 1 : examinedPerQuery,
    KeyConditionExpression: '#collection = :orders',
    ExpressionAttributeNames: {
      '#collection': createdIndex.partitionKey,
      ...Object.fromEntries(filters.map(({ name }) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':orders': { S: collections.orders },
      ...Object.fromEntries(filters.map(({ name, value }) => [`:${name}`, { S: value }])),
    },
    ...(filters.length === 0
      ? {}
      : { FilterExpression: filters.map(({ name }) => `#${name} = :${name}`).join(' AND ') }),
    ...(position === undefined ? {} : { ExclusiveStartKey: keyAt(position) }),
  };
}

function keyAt({ orderId, createdAt }: ListPosition): Item {
  return {
    ...itemKey(orderPartition(orderId)),
    [createdIndex.partitionKey]: { S: collections.orders },
    [createdIndex.sortKey]: { N: String(createdAt) },
  };
}

function positionOf(key: Item): ListPosition {
  return { orderId: orderIdOf(key), createdAt: Number(key[createdIndex.sortKey]?.N) };
}
