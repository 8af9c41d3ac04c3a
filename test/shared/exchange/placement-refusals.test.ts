import { describe, expect, it } from 'vitest';
import { classifyPlacement } from '../../../shared/exchange/placement-outcome.ts';
import { answer } from './support/answers.ts';

const ours = 'g1a-abcdefghijklmnopqrstuvwxyz';

const statuses = [400, 401, 402, 403, 404, 422, 429];

const codes = [
  'INSUFFICIENT_BALANCE',
  'INSUFFICIENT_FUNDS',
  'INVALID_ORDER',
  'INVALID_MARKET',
  'INVALID_QUANTITY',
  'INVALID_PRICE',
  'INVALID_SIGNATURE',
  'VALIDATION_ERROR',
  'EXPIRED_TIMESTAMP',
  'AUTH_FAILED',
  'MARKET_CLOSED',
  'MARKET_NOT_FOUND',
  'RATE_LIMIT',
  'RATE_LIMIT_EXCEEDED',
  'auto_mode_trading_restricted',
  'invalid_api_key',
];

const envelopes: Record<string, (code: string) => unknown> = {
  'error.code': (code) => ({ error: { code, message: 'Some text.', details: {} }, meta: {} }),
  'errors.code': (code) => ({ errors: { code, detail: 'Some text.', server_time: '2026-11-23T12:00:00Z' } }),
  'errors.detail': (code) => ({ errors: { detail: code, message: 'Some text.' } }),
  code: (code) => ({ code, message: 'Some text.' }),
  error: (code) => ({ error: code }),
};

describe.each(codes)('the code %s', (code) => {
  it('refuses with each refusal status and in each envelope', () => {
    for (const status of statuses) {
      for (const wrap of Object.values(envelopes)) {
        expect(classifyPlacement(answer(status, wrap(code)), ours)).toEqual({
          kind: 'refused',
          status,
          code,
        });
      }
    }
  });

  it('does not refuse when the answer speaks of a duplicate as well', () => {
    const body = { error: { code, message: 'Duplicate client_order_id' } };
    expect(classifyPlacement(answer(422, body), ours)).toMatchObject({ kind: 'unknown', status: 422, code });
  });
});

describe.each(statuses)('a %d', (status) => {
  it.each([
    'DUPLICATE_CLIENT_ORDER_ID',
    'duplicate_client_order_id',
    'ORDER_EXISTS',
    'INTERNAL_ERROR',
    'NOT_INSUFFICIENT_BALANCE',
    'INSUFFICIENT_',
    'INVALID_ORDER_STATE',
    'XINVALID_ORDER',
    'MARKET_CLOSED_LATER',
    'order_already_cancelled',
    'constructor',
    '__proto__',
  ])('with the code %s leaves it open whether the order exists', (code) => {
    for (const wrap of Object.values(envelopes)) {
      expect(classifyPlacement(answer(status, wrap(code)), ours)).toMatchObject({ kind: 'unknown', status });
    }
  });

  it.each([
    ['HTML', '<html>INVALID_ORDER</html>'],
    ['nothing', ''],
    ['truncated JSON', '{"error":{"code":"INVALID_ORDER"'],
    ['the bare code', 'INVALID_ORDER'],
    ['the code as a JSON text', '"INVALID_ORDER"'],
    ['a list', '[{"code":"INVALID_ORDER"}]'],
    ['null', 'null'],
    ['a sentence that holds a code', '{"errors":{"detail":"INVALID_ORDER: no such market"}}'],
    ['a code in a nested object', '{"errors":{"code":{"code":"INVALID_ORDER"}}}'],
    ['a code under another name', '{"reason":"INVALID_ORDER"}'],
    ['field errors', '{"errors":{"price":["INVALID_PRICE"]}}'],
    ['an order', '{"data":{"order_id":"order_1"}}'],
  ])('with %s leaves it open whether the order exists', (_what, body) => {
    expect(classifyPlacement(answer(status, body), ours)).toEqual({
      kind: 'unknown',
      status,
      code: 'refusal-without-code',
    });
  });

  it.each(['{"errors":{"detail":"a Duplicate order"}}', '<p>duplicate</p>', '{"x":{"y":["DUPLICATED"]}}'])(
    'that says %s leaves it open whether the order exists',
    (body) => {
      expect(classifyPlacement(answer(status, body), ours)).toEqual({
        kind: 'unknown',
        status,
        code: 'duplicate',
      });
    },
  );
});

describe('a refusal', () => {
  const limited = { error: { code: 'RATE_LIMIT_EXCEEDED' } };

  it('says how long to wait if the exchange does', () => {
    expect(classifyPlacement(answer(429, limited, { 'retry-after': '7' }), ours)).toEqual({
      kind: 'refused',
      status: 429,
      code: 'RATE_LIMIT_EXCEEDED',
      retryAfterSeconds: 7,
    });
  });

  it('says nothing of waiting if the exchange does not, or not readably', () => {
    for (const headers of [{}, { 'retry-after': 'soon' }]) {
      expect(classifyPlacement(answer(429, limited, headers), ours)).not.toHaveProperty('retryAfterSeconds');
    }
  });
});
