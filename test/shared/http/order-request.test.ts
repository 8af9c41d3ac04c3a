import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrderRequest } from '../../../shared/http/order-request.ts';
import { ProblemError } from '../../../shared/http/problem.ts';
import { parseFlatObject } from '../../../shared/http/strict-json.ts';
import { sampleLimits, usd } from '../../support/sample-order.ts';

const key = 'order-0000000001';
const good = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };

/** The problems that a body and a key cause, by field. */
function problemsOf(text: string, idempotencyKey: string | undefined = key): Record<string, string> {
  try {
    parseOrderRequest(idempotencyKey, parseFlatObject(text), [sampleLimits]);
    return {};
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return Object.fromEntries((error.details.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

const fieldsWrong = (changes: object) => Object.keys(problemsOf(JSON.stringify({ ...good, ...changes })));

describe('an order request', () => {
  it('is read exactly', () => {
    expect(parseOrderRequest(key, good, [sampleLimits])).toEqual({
      idempotencyKey: key,
      limits: sampleLimits,
      quantity: 1n,
      limitPrice: usd('2.50'),
      timeInForce: 'gtc',
    });
    const byMarket = { market: sampleLimits.marketId, type: 'market', quantity: 100, timeInForce: 'ioc' };
    expect(parseOrderRequest(key, byMarket, [sampleLimits])).toMatchObject({
      quantity: 100n,
      limitPrice: undefined,
      timeInForce: 'ioc',
    });
  });

  it.each([
    ['market', { market: 'chat-slow' }],
    ['market', { market: 7 }],
    ['market', { market: '__proto__' }],
    ['type', { type: 'stop' }],
    ['type', { type: null }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: -1 }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: '1' }],
    ['quantity', { quantity: 101 }],
    ['quantity', { quantity: 1e21 }],
    ['price', { price: 2.5 }],
    ['price', { price: '0' }],
    ['price', { price: '0.000' }],
    ['price', { price: '2,50' }],
    ['price', { price: '1e1' }],
    ['price', { price: '-2.50' }],
    ['price', { price: ' 2.50' }],
    ['price', { price: '٢.٥٠' }],
    ['price', { price: '2.123456789' }],
    ['price', { price: '2.505' }],
    ['price', { price: '2.51' }],
    ['price', { price: '9'.repeat(40) }],
    ['price', { price: undefined }],
    ['price', { type: 'market' }],
    ['timeInForce', { timeInForce: 'GTC' }],
    ['side', { side: 'sell' }],
    ['constructor', { constructor: 1 }],
  ])('is refused for its %s: %j', (field, changes) => {
    expect(fieldsWrong(changes)).toEqual([field]);
  });

  it('is told everything that is wrong with it at once', () => {
    const problems = problemsOf(
      JSON.stringify({ market: 'nope', type: 'limit', quantity: 0, price: '1e9', x: 1 }),
      'short',
    );
    expect(Object.keys(problems).toSorted()).toEqual(['Idempotency-Key', 'market', 'price', 'quantity', 'x']);
    expect(problems['market']).toContain('chat-prime');
    expect(Object.keys(problemsOf('{}')).toSorted()).toEqual(['market', 'quantity', 'type']);
  });

  it.each([
    undefined,
    '',
    'x'.repeat(15),
    'x'.repeat(256),
    'with space in it 1',
    'ünïcödé-ünïcödé-1',
    'line\nbreak-line-break',
  ])('needs a proper Idempotency-Key, not %j', (idempotencyKey) => {
    try {
      parseOrderRequest(idempotencyKey, good, [sampleLimits]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ details: { errors: [{ field: 'Idempotency-Key' }] } });
    }
  });
});

describe('a request body', () => {
  it.each([
    ['', 'must be JSON'],
    ['{"market":', 'must be JSON'],
    ['null', 'must be a JSON object'],
    ['[]', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
    ['{"quantity":1,"quantity":100}', 'names a field twice'],
    ['{"quantity":1,"qu\\u0061ntity":100}', 'names a field twice'],
    ['{"a":{"b":1}}', 'must be a flat object'],
    ['{"a":[1]}', 'must be a flat object'],
    [`${'['.repeat(2000)}${']'.repeat(2000)}`, 'must be a JSON object'],
  ])('is refused: %s', (text, message) => {
    expect(problemsOf(text)['body']).toContain(message);
  });

  it('may hold text that looks like a name', () => {
    expect(parseFlatObject('{"a":"\\"b\\": 1","c":": "}')).toEqual({ a: '"b": 1', c: ': ' });
  });

  it('never gets an unplanned error, and is never read as more than it says', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('limit', 'market', 'chat-prime', '2.50', 1, 100, 'gtc'),
    );
    const field = fc.oneof(
      fc.constantFrom('market', 'type', 'quantity', 'price', 'timeInForce'),
      fc.string(),
    );
    const body = fc.oneof(
      fc.dictionary(field, value, { maxKeys: 7 }).map((json) => JSON.stringify(json)),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(body, (text) => {
        try {
          const request = parseOrderRequest(key, parseFlatObject(text), [sampleLimits]);
          expect(request.quantity >= 1n && request.quantity <= sampleLimits.maximumQuantity).toBe(true);
          expect(
            (request.limitPrice ?? 1n) > 0n && (request.limitPrice ?? 0n) <= sampleLimits.maximumPrice,
          ).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
