import { describe, expect, it } from 'vitest';
import { classifyPlacement } from '../../../shared/exchange/placement-outcome.ts';
import { answer } from './support/answers.ts';

const ours = 'g1a-abcdefghijklmnopqrstuvwxyz';
const accepted = (body: unknown, status = 201) => classifyPlacement(answer(status, body), ours);
const page = '<!doctype html><html><body>Bad gateway</body></html>';

describe('an answer that accepts', () => {
  const bodies: [string, unknown][] = [
    ['an id and our client order id', { data: { order_id: 'order_1', client_order_id: ours } }],
    ['an id and null for the client order id', { data: { order_id: 'order_1', client_order_id: null } }],
    ['an id alone', { data: { order_id: 'order_1' } }],
    ['the id under its older name', { data: { id: 'order_1' } }],
    ['an id without an envelope', { order_id: 'order_1' }],
    ['a whole order', { data: { order_id: 'order_1', status: 'filled', quantity: 1, filled_quantity: 1 } }],
  ];
  it.each(bodies.flatMap(([name, body]) => [200, 201, 202].map((status) => ({ name, body, status }))))(
    'is $status with $name',
    ({ body, status }) => {
      expect(accepted(body, status)).toEqual({ kind: 'accepted', exchangeOrderId: 'order_1' });
    },
  );
});

describe('a 2xx that leaves it open whether the order exists', () => {
  const other = 'g1a-zzzzzzzzzzzzzzzzzzzzzzzzzz';
  it.each<[string, unknown, string]>([
    ['an HTML page', page, 'acceptance-unreadable'],
    ['an empty body', '', 'acceptance-unreadable'],
    ['truncated JSON', '{"data":{"order_id":"order_1"', 'acceptance-unreadable'],
    ['null', 'null', 'acceptance-unreadable'],
    ['a list', [{ order_id: 'order_1' }], 'acceptance-unreadable'],
    ['null for data', { data: null, order_id: 'order_1' }, 'acceptance-unreadable'],
    ['text for data', { data: 'order_1' }, 'acceptance-unreadable'],
    ['an empty object', {}, 'acceptance-without-id'],
    ['an empty data object', { data: {} }, 'acceptance-without-id'],
    ['null for the id', { data: { order_id: null } }, 'acceptance-without-id'],
    ['a blank id', { data: { order_id: ' \t' } }, 'acceptance-without-id'],
    ['an id that is no id', { data: { order_id: `${'A'.repeat(86)}==` } }, 'acceptance-without-id'],
    ['an endless id', { data: { order_id: 'o'.repeat(129) } }, 'acceptance-without-id'],
    ['an object for the id', { data: { order_id: { id: 'order_1' } } }, 'acceptance-without-id'],
    [
      'another client order id',
      { data: { order_id: 'order_1', client_order_id: other } },
      'acceptance-of-another-order',
    ],
    [
      'an empty client order id',
      { data: { order_id: 'order_1', client_order_id: '' } },
      'acceptance-of-another-order',
    ],
    [
      'a number as client order id',
      { data: { order_id: 'order_1', client_order_id: 7 } },
      'acceptance-of-another-order',
    ],
    [
      'a list as client order id',
      { data: { order_id: 'order_1', client_order_id: [other] } },
      'acceptance-of-another-order',
    ],
    [
      'our id in capitals',
      { data: { order_id: 'order_1', client_order_id: ours.toUpperCase() } },
      'acceptance-of-another-order',
    ],
  ])('holds %s', (_what, body, code) => {
    for (const status of [200, 201, 202]) {
      expect(accepted(body, status)).toEqual({ kind: 'unknown', status, code });
    }
  });

  it.each([203, 204, 205, 206, 207, 226, 299])('is a %d, even with an id', (status) => {
    expect(accepted({ data: { order_id: 'order_1' } }, status)).toMatchObject({ kind: 'unknown', status });
  });
});

describe('an answer that neither accepts nor refuses', () => {
  const refusal = { error: { code: 'INSUFFICIENT_BALANCE', message: 'no' } };
  it.each([
    100, 101, 300, 301, 302, 303, 304, 307, 308, 405, 406, 408, 409, 410, 411, 412, 413, 415, 418, 421, 423,
    425, 426, 428, 431, 451, 499, 500, 501, 502, 503, 504, 520, 599, 600, 0,
  ])('is a %d, whatever its body says', (status) => {
    for (const body of [refusal, page, '', { data: { order_id: 'order_1', client_order_id: ours } }]) {
      expect(classifyPlacement(answer(status, body), ours)).toMatchObject({ kind: 'unknown', status });
    }
  });

  it('names the code in its body, or else its status', () => {
    expect(classifyPlacement(answer(500, { errors: { detail: 'internal_error' } }), ours)).toMatchObject({
      code: 'internal_error',
    });
    expect(classifyPlacement(answer(502, page), ours)).toMatchObject({ code: 'http-502' });
  });

  it('does not keep the body, for it may echo the request', () => {
    const echo = { errors: { detail: 'bad header x-thegrid-signature: c2VjcmV0+/== at 3' } };
    for (const status of [200, 400, 401, 409, 500]) {
      expect(JSON.stringify(classifyPlacement(answer(status, echo), ours))).not.toMatch(/c2VjcmV0|x-thegrid/);
    }
  });
});

describe('no answer', () => {
  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ENETUNREACH',
    'timeout',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('after a connection that failed with %s means that nothing was sent', (code) => {
    expect(classifyPlacement({ kind: 'not-sent', code }, ours)).toEqual({ kind: 'not-sent', code });
  });

  it.each(['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT', 'timeout', 'answer-too-large'])(
    'to a request that was sent leaves it open, after %s',
    (code) => {
      expect(classifyPlacement({ kind: 'no-answer', code }, ours)).toEqual({ kind: 'unknown', code });
    },
  );
});
