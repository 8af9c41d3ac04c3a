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
import { tableShape } from './table-shape.ts';

const { partitionKey, sortKey, workIndex, createdIndex } = tableShape;
/** How many orders one listing may look at in search of those that match its filter. */
const mostExamined = 2_000;
const examinedPerQuery = 200;
const readAtOnce = 20;

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

/** The order id of the record that an order at the exchange belongs to. */
export async function readOwner(tools: TableTools, exchangeOrderId: string): Promise<string | undefined> {
  return holderIn(await readItem(tools, exchangeIdKey(exchangeOrderId)));
}

/** The record as it is now. */
export async function getOrder(tools: TableTools, orderId: string): Promise<Order | undefined> {
  const item = await readItem(tools, itemKey(orderPartition(orderId)));
  return item === undefined ? undefined : orderFromItem(item);
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
export async function readUnfinished(tools: TableTools, limit: number): Promise<UnfinishedOrders> {
  const { items, nextKey } = await queryItems(tools, {
    IndexName: workIndex.name,
    KeyConditionExpression: '#work = :open',
    ExpressionAttributeNames: { '#work': workIndex.partitionKey },
    ExpressionAttributeValues: { ':open': { S: openWork.orders } },
    Limit: limit,
  });
  const orders = await readInGroups(items, (item) => getOrder(tools, orderIdOf(item)));
  return {
    orders: orders.filter((order) => order !== undefined).filter((order) => !isFinished(order)),
    complete: nextKey === undefined,
  };
}

/** Not all at once: each at a time takes a connection of its own, and its share of a small processor. */
async function readInGroups<Row>(items: readonly Item[], read: (item: Item) => Promise<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let first = 0; first < items.length; first += readAtOnce) {
    rows.push(...(await Promise.all(items.slice(first, first + readAtOnce).map(read))));
  }
  return rows;
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
