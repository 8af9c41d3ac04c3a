import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Order } from '../orders/order.ts';
import type { CreateOutcome, OrderStore, UpdateOutcome } from '../orders/store-port.ts';
import { eventToItem } from './event-item.ts';
import { expiryOf, type Item, itemKey, orderFromItem, orderToItem } from './order-item.ts';
import { getOrder, listOrders, type OrderQueryTools, readHistory, readUnfinished } from './order-queries.ts';
import { tableShape } from './table-shape.ts';
import { isRefusal, type TransactionTools, writeTogether } from './transactions.ts';

export type OrderStoreTools = TransactionTools & OrderQueryTools;

const { partitionKey } = tableShape;

/** Orders in DynamoDB. The only place that knows keys, expressions and conditions. */
export function createOrderStore(tools: OrderStoreTools): OrderStore {
  return {
    create: (order) => create(tools, order),
    update: (before, after) => update(tools, before, after),
    get: (orderId) => getOrder(tools, orderId),
    history: (orderId) => readHistory(tools, orderId),
    unfinished: (limit) => readUnfinished(tools, limit),
    list: (query) => listOrders(tools, query),
  };
}

async function create(tools: OrderStoreTools, order: Order): Promise<CreateOutcome> {
  const { tableName } = tools;
  const record: TransactWriteItem = {
    Put: {
      TableName: tableName,
      Item: orderToItem(order),
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': partitionKey },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
  const slot = order.holdsSlot ? [takeSlot(tableName, order)] : [];
  const result = await writeTogether(tools, [record, putEvent(tableName, undefined, order), ...slot]);
  if (result.kind === 'written') return { kind: 'created' };
  const [existing] = result.reasons;
  if (isRefusal(existing) && existing?.Item !== undefined) {
    return { kind: 'exists', order: orderFromItem(existing.Item) };
  }
  return { kind: 'slot-taken' };
}

async function update(tools: OrderStoreTools, before: Order, after: Order): Promise<UpdateOutcome> {
  const { tableName } = tools;
  const record: TransactWriteItem = {
    Put: {
      TableName: tableName,
      Item: orderToItem(after),
      ConditionExpression: '#version = :version AND #nonce = :nonce AND #state = :state',
      ExpressionAttributeNames: { '#version': 'version', '#nonce': 'nonce', '#state': 'state' },
      ExpressionAttributeValues: {
        ':version': { N: String(before.version) },
        ':nonce': { S: before.nonce },
        ':state': { S: before.state },
      },
    },
  };
  const items = [record, putEvent(tableName, before, after)];
  if (before.holdsSlot && !after.holdsSlot) items.push(freeSlot(tableName, after));
  if (after.exchangeOrderId !== undefined && before.exchangeOrderId !== after.exchangeOrderId) {
    items.push(claimExchangeId(tableName, after, after.exchangeOrderId));
  }
  const result = await writeTogether(tools, items);
  if (result.kind === 'written') return 'written';
  const [recordReason, ...otherReasons] = result.reasons;
  return !isRefusal(recordReason) && otherReasons.some(isRefusal) ? 'exchange-id-taken' : 'stale';
}

function putEvent(tableName: string, before: Order | undefined, after: Order): TransactWriteItem {
  return { Put: { TableName: tableName, Item: eventToItem(before, after) } };
}

function takeSlot(tableName: string, order: Order): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: slotKey(order.instrument),
      UpdateExpression: 'SET orderId = :id',
      ConditionExpression: 'attribute_not_exists(orderId)',
      ExpressionAttributeValues: { ':id': { S: order.orderId } },
    },
  };
}

function freeSlot(tableName: string, order: Order): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: slotKey(order.instrument),
      UpdateExpression: 'REMOVE orderId',
      ConditionExpression: 'orderId = :id',
      ExpressionAttributeValues: { ':id': { S: order.orderId } },
    },
  };
}

/** One order at the exchange belongs to one record. */
function claimExchangeId(tableName: string, order: Order, exchangeOrderId: string): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...itemKey(`XORD#${exchangeOrderId}`),
        orderId: { S: order.orderId },
        [tableShape.timeToLive]: { N: expiryOf(order.updatedAt) },
      },
      ConditionExpression: 'attribute_not_exists(#key) OR orderId = :id',
      ExpressionAttributeNames: { '#key': partitionKey },
      ExpressionAttributeValues: { ':id': { S: order.orderId } },
    },
  };
}

function slotKey(instrument: string): Item {
  return itemKey(`SLOT#${instrument}`);
}
