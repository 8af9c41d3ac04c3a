import type { PlacementOutcome } from '../orders/exchange-port.ts';
import type { Order } from '../orders/order.ts';
import type { PlaceOrderResult } from '../orders/place-order.ts';
import { orderView } from './order-view.ts';
import { type HttpAnswer, jsonAnswer, problemAnswer } from './problem.ts';
import { stopDetails } from './stop-details.ts';

const budgetDetails = {
  order: 'It is above the limit of a single order.',
  day: 'The budget of this UTC day is used up. The same key may be used again.',
  month: 'The budget of this UTC month is used up. The same key may be used again.',
} as const;

/** The answer to `POST /orders` for each thing that can come of it. */
export function placementAnswer(result: PlaceOrderResult): HttpAnswer {
  switch (result.kind) {
    case 'placed':
      return placedAnswer(result.order, result.outcome);
    case 'replayed':
      return jsonAnswer(200, orderView(result.order), {
        ...locationOf(result.order),
        'idempotent-replayed': 'true',
      });
    case 'payload-differs':
      return problemAnswer('key-used-for-another-order', { order: orderView(result.order) });
    case 'not-claimed':
      return problemAnswer('order-not-sent', { order: orderView(result.order) });
    case 'above-maximum-price':
      return problemAnswer('invalid-request', {
        errors: [{ field: 'price', message: 'is above the maximum price in force for the instrument' }],
      });
    case 'settings-changed':
      return problemAnswer('settings-changed', { retryAfterSeconds: 1 });
    case 'no-liquidity':
      return problemAnswer('no-liquidity');
    case 'too-many-alike':
      return problemAnswer('too-many-alike', { retryAfterSeconds: 60 });
    case 'no-time':
      return problemAnswer('exchange-unavailable', {
        detail: 'It took too long to get so far. Nothing was recorded or sent; use the same key again.',
        retryAfterSeconds: 1,
      });
    case 'over-budget':
      return problemAnswer('over-budget', { detail: budgetDetails[result.period] });
    case 'too-many-orders':
      return problemAnswer('too-many-orders', { retryAfterSeconds: 3_600 });
    case 'stopped':
      return problemAnswer('stopped', { detail: stopDetails[result.why] });
    case 'slot-taken':
      throw new Error('Orders of the API take no slot.');
  }
}

/** The record decides: a balance check may have found out more than the exchange's answer said. */
function placedAnswer(order: Order, outcome: PlacementOutcome): HttpAnswer {
  switch (order.state) {
    case 'OPEN':
    case 'PARTIALLY_FILLED':
    case 'FILLED':
    case 'CANCELLED':
    case 'EXPIRED':
      return jsonAnswer(201, orderView(order), locationOf(order));
    case 'REJECTED':
      return rejectedAnswer(order, outcome);
    case 'PENDING':
    case 'SUBMITTED':
    case 'UNKNOWN':
    case 'ABANDONED':
      return jsonAnswer(202, orderView(order), locationOf(order));
  }
}

function rejectedAnswer(order: Order, outcome: PlacementOutcome): HttpAnswer {
  const view = orderView(order);
  if (outcome.kind === 'refused' && outcome.status !== 429) {
    return problemAnswer('order-refused', { detail: `The exchange said ${outcome.code}.`, order: view });
  }
  const isLimited = outcome.kind === 'refused';
  return problemAnswer('exchange-unavailable', {
    detail: isLimited
      ? 'The exchange limits the rate of orders. A new try needs a new Idempotency-Key.'
      : `The order did not reach the exchange (${order.reason ?? 'no connection'}). A new try needs a new Idempotency-Key.`,
    order: view,
    retryAfterSeconds: isLimited ? (outcome.retryAfterSeconds ?? 60) : 5,
  });
}

function locationOf(order: Order): Record<string, string> {
  return { location: `/orders/${order.orderId}` };
}
