import { formatUsd } from '../ledger/decimal.ts';
import type { Order } from '../orders/order.ts';
import type { OrderEvent } from '../orders/store-port.ts';
import { isoTime, isoTimeOrNull } from './iso-time.ts';

/** An order as callers see it. Amounts are decimal strings in USD, times are ISO 8601. */
export function orderView(order: Order): object {
  return {
    id: order.orderId,
    state: order.state,
    confirmed: order.confirmed,
    reason: order.reason ?? null,
    instrument: order.instrument,
    marketId: order.marketId,
    type: order.requestedType,
    quantity: Number(order.quantity),
    limitPrice: formatUsd(order.limitPrice),
    timeInForce: order.timeInForce,
    filledQuantity: Number(order.filledQuantity),
    averagePrice: order.averagePrice === undefined ? null : formatUsd(order.averagePrice),
    reserved: formatUsd(order.reserved),
    spent: formatUsd(order.spent),
    source: order.source,
    clientOrderId: order.orderId,
    exchangeOrderId: order.exchangeOrderId ?? null,
    matchedBy: order.matchedBy ?? null,
    createdAt: isoTime(order.createdAt),
    updatedAt: isoTime(order.updatedAt),
    sentAt: isoTimeOrNull(order.sentAt),
    cancelRequestedAt: isoTimeOrNull(order.cancelRequestedAt),
  };
}

/** One step of an order's history as callers see it. */
export function eventView(event: OrderEvent): object {
  return { at: isoTime(event.at), from: event.from ?? null, to: event.to, reason: event.reason ?? null };
}
