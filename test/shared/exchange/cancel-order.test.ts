import { describe, expect, it } from 'vitest';
import type { CancelOutcome } from '../../../shared/orders/exchange-port.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith } from './support/client-tools.ts';
import { headersSign } from './support/verify-headers.ts';

async function cancelAgainst(result: HttpResult, id = 'order_1') {
  const { transport, requests } = scriptedTransport(result);
  return { outcome: await clientWith({ transport }).cancelOrder(id), requests };
}

describe('a cancellation', () => {
  it.each<[string, HttpResult, CancelOutcome]>([
    ['an empty 204', answer(204), { kind: 'requested' }],
    [
      'a 200 with a body',
      answer(200, { data: { order_id: 'order_1', status: 'cancelled' } }),
      { kind: 'requested' },
    ],
    ['a 202', answer(202, '<html>'), { kind: 'requested' }],
    [
      'a 500 that it is cancelled already',
      answer(500, { errors: { detail: 'order_already_cancelled' } }),
      { kind: 'unknown', code: 'order_already_cancelled' },
    ],
    [
      'a 404',
      answer(404, { errors: { detail: 'Not Found' } }),
      { kind: 'refused', status: 404, code: 'http-404' },
    ],
    [
      'a 403',
      answer(403, { errors: { detail: 'auto_mode_trading_restricted' } }),
      { kind: 'refused', status: 403, code: 'auto_mode_trading_restricted' },
    ],
    ['a 408', answer(408), { kind: 'unknown', code: 'http-408' }],
    ['a redirect', answer(307), { kind: 'unknown', code: 'http-307' }],
    ['a 502', answer(502, '<html>'), { kind: 'unknown', code: 'http-502' }],
    ['no answer', { kind: 'no-answer', code: 'ECONNRESET' }, { kind: 'unknown', code: 'ECONNRESET' }],
    ['no connection', { kind: 'not-sent', code: 'ECONNREFUSED' }, { kind: 'unknown', code: 'ECONNREFUSED' }],
  ])('that meets %s is told as it is', async (_what, result, expected) => {
    const { outcome, requests } = await cancelAgainst(result);
    expect(outcome).toEqual(expected);
    expect(requests).toHaveLength(1);
  });

  it('is one signed DELETE of that order, without a body, on a connection of its own', async () => {
    const { requests } = await cancelAgainst(answer(204));
    const path = '/api/v1/trading/orders/order_1';
    expect(requests[0]).toMatchObject({ method: 'DELETE', target: path, reuseConnection: false });
    expect(requests[0]).not.toHaveProperty('body');
    expect(headersSign(requests[0]?.headers ?? {}, { method: 'DELETE', path, body: '' })).toBe(true);
  });

  it('can reach no other resource by an id', async () => {
    const { requests } = await cancelAgainst(answer(404), '../markets/m?x=1#y');
    const path = '/api/v1/trading/orders/..%2Fmarkets%2Fm%3Fx%3D1%23y';
    expect(requests[0]?.target).toBe(path);
    expect(headersSign(requests[0]?.headers ?? {}, { method: 'DELETE', path, body: '' })).toBe(true);
  });
});
