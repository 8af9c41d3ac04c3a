import { expect, it } from 'vitest';
import { placementAnswer } from '../../../shared/http/placement-answer.ts';
import type { PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { OrderState } from '../../../shared/orders/order.ts';
import type { PlaceOrderResult } from '../../../shared/orders/place-order.ts';
import { sampleOrder } from '../../support/sample-order.ts';

const accepted: PlacementOutcome = { kind: 'accepted', exchangeOrderId: 'order_1' };
const refused: PlacementOutcome = { kind: 'refused', status: 402, code: 'INSUFFICIENT_BALANCE' };
const limited: PlacementOutcome = { kind: 'refused', status: 429, code: 'RATE_LIMIT', retryAfterSeconds: 7 };
const notSent: PlacementOutcome = { kind: 'not-sent', code: 'ECONNREFUSED' };
const unknown: PlacementOutcome = { kind: 'unknown', code: 'timeout' };

function answerTo(result: PlaceOrderResult) {
  const { statusCode, headers, body } = placementAnswer(result);
  return { statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
}

it.each<[OrderState, PlacementOutcome, number, string | undefined]>([
  ['OPEN', accepted, 201, undefined],
  ['SUBMITTED', accepted, 202, undefined],
  ['UNKNOWN', unknown, 202, undefined],
  ['FILLED', unknown, 201, undefined],
  ['FILLED', refused, 201, undefined],
  ['UNKNOWN', refused, 202, undefined],
  ['REJECTED', refused, 422, 'order-refused'],
  ['REJECTED', limited, 503, 'exchange-unavailable'],
  ['REJECTED', notSent, 503, 'exchange-unavailable'],
])('case %#: an order that is %s', (state, outcome, status, code) => {
  const answer = answerTo({ kind: 'placed', order: sampleOrder({ state }), outcome });
  expect(answer.statusCode).toBe(status);
  expect(answer.body['code']).toBe(code);
  if (code === undefined) expect(answer.headers['location']).toBe(`/orders/${sampleOrder().orderId}`);
  else expect(answer.body['order']).toMatchObject({ state });
});

it('a limit on the rate says when to try again', () => {
  const order = sampleOrder({ state: 'REJECTED' });
  expect(answerTo({ kind: 'placed', order, outcome: limited }).headers['retry-after']).toBe('7');
});

const results: [PlaceOrderResult, number, string | undefined][] = [
  [{ kind: 'replayed', order: sampleOrder() }, 200, undefined],
  [{ kind: 'payload-differs', order: sampleOrder() }, 422, 'key-used-for-another-order'],
  [{ kind: 'not-claimed', order: sampleOrder() }, 503, 'order-not-sent'],
  [{ kind: 'above-maximum-price' }, 400, 'invalid-request'],
  [{ kind: 'settings-changed' }, 503, 'settings-changed'],
  [{ kind: 'stopped', why: 'INSTRUMENT_PAUSED' }, 423, 'stopped'],
  [{ kind: 'stopped', why: 'SETTINGS_UNUSABLE' }, 423, 'stopped'],
  [{ kind: 'no-liquidity' }, 409, 'no-liquidity'],
  [{ kind: 'no-time' }, 503, 'exchange-unavailable'],
];

it.each(results.map(([result, status, code]) => ({ kind: result.kind, result, status, code })))(
  '$kind is answered with $status',
  ({ result, status, code }) => {
    const answer = answerTo(result);
    expect([answer.statusCode, answer.body['code']]).toEqual([status, code]);
  },
);
