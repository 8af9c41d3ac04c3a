import type { PlaceOrderResult } from '../orders/place-order.ts';
import { orderView } from './order-view.ts';
import { type HttpAnswer, jsonAnswer, problemAnswer } from './problem.ts';

/** The answer to `POST /orders` for each thing that can come of it. */
export function placementAnswer(result: PlaceOrderResult): HttpAnswer {
  switch (result.kind) {
    case 'placed':
      return placedAnswer(result);
    case 'replayed':
      return jsonAnswer(200, orderView(result.order), {
        ...locationOf(result.order.orderId),
        'idempotent-replayed': 'true',
      });
    case 'payload-differs':
      return problemAnswer('key-used-for-another-order', { order: orderView(result.order) });
    case 'not-claimed':
      return problemAnswer('order-not-sent', { order: orderView(result.order) });
    case 'no-liquidity':
      return problemAnswer('no-liquidity');
    case 'slot-taken':
      throw new Error('Orders of the API take no slot.');
  }
}

function placedAnswer({ order, outcome }: Extract<PlaceOrderResult, { kind: 'placed' }>): HttpAnswer {
  const view = orderView(order);
  switch (outcome.kind) {
    case 'accepted':
      return jsonAnswer(201, view, locationOf(order.orderId));
    case 'unknown':
      return jsonAnswer(202, view, locationOf(order.orderId));
    case 'not-sent':
      return problemAnswer('exchange-unavailable', {
        detail: `No connection to the exchange (${outcome.code}). A new try needs a new Idempotency-Key.`,
        order: view,
        retryAfterSeconds: 5,
      });
    case 'refused':
      return outcome.status === 429
        ? problemAnswer('exchange-unavailable', {
            detail: 'The exchange limits the rate of orders. A new try needs a new Idempotency-Key.',
            order: view,
            retryAfterSeconds: outcome.retryAfterSeconds ?? 60,
          })
        : problemAnswer('order-refused', { detail: `The exchange said ${outcome.code}.`, order: view });
  }
}

function locationOf(orderId: string): Record<string, string> {
  return { location: `/orders/${orderId}` };
}
