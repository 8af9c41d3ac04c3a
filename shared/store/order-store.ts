import type { OrderStore } from '../orders/store-port.ts';
import { readFillTotals } from './fill-totals.ts';
import { createOrderReader, getOrder, getOrders, readOwners, readUnfinished } from './order-queries.ts';
import type { TableTools } from './read-item.ts';
import { adoptOrder, type OrderStoreTools, recordOrder } from './record-order.ts';
import type { TransactionTools } from './transactions.ts';
import { updateOrder } from './update-order.ts';

/** Orders in DynamoDB. Here and beside it only are keys, expressions and conditions known. */
export function createOrderStore(tools: OrderStoreTools): OrderStore {
  return {
    ...createOrderReader(tools),
    ...createOrderRecorder(tools),
    adopt: (order) => adoptOrder(tools, order),
    getAll: (orderIds) => getOrders(tools, orderIds),
    ownersOf: (exchangeOrderIds) => readOwners(tools, exchangeOrderIds),
    fillTotals: (instrument) => readFillTotals(tools, instrument),
    unfinished: (limit) => readUnfinished(tools, limit),
  };
}

/** The part of it that records new orders and what becomes of them. */
export function createOrderRecorder(tools: OrderStoreTools): Pick<OrderStore, 'create' | 'update' | 'get'> {
  return { ...createOrderUpdater(tools), create: (order, control) => recordOrder(tools, order, control) };
}

/** The part of it that writes what becomes of orders. */
export function createOrderUpdater(tools: TransactionTools & TableTools): Pick<OrderStore, 'update' | 'get'> {
  return {
    update: (before, after) => updateOrder(tools, before, after),
    get: (orderId) => getOrder(tools, orderId),
  };
}
