import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classifyPlacement } from '../../../shared/exchange/placement-outcome.ts';
import { answer } from './support/answers.ts';

const ours = 'g1a-abcdefghijklmnopqrstuvwxyz';

const anyCode = fc.constantFrom(
  'INVALID_ORDER',
  'RATE_LIMIT',
  'DUPLICATE_CLIENT_ORDER_ID',
  'WHATEVER',
  ours,
  '',
);
const anyId = fc.oneof(
  fc.constantFrom('order_1', ours, '', ' ', null, 7, true),
  fc.jsonValue({ maxDepth: 1 }),
);

/** Objects of the words that matter, nested in each other at random. */
const nearMisses = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyCode,
    anyId,
    fc.dictionary(
      fc.constantFrom(
        'data',
        'error',
        'errors',
        'code',
        'detail',
        'message',
        'order_id',
        'id',
        'client_order_id',
      ),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const anyAcceptance = fc
  .record({ order_id: anyId, id: anyId, client_order_id: anyId }, { requiredKeys: [] })
  .map((order) => ({ data: order }));
const anyRefusal = fc
  .record(
    { code: anyCode, detail: anyCode, message: fc.constantFrom('', 'A Duplicate.') },
    { requiredKeys: ['code'] },
  )
  .chain((error) => fc.constantFrom({ error }, { errors: error }, error));

const anyBody = fc.oneof(
  { weight: 3, arbitrary: anyAcceptance.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: anyRefusal.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: nearMisses.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: nearMisses.map((value) => JSON.stringify(value).slice(0, -1)) },
);

const anyStatus = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(200, 201, 202) },
  { weight: 3, arbitrary: fc.constantFrom(400, 401, 402, 403, 404, 422, 429) },
  { weight: 1, arbitrary: fc.constantFrom(204, 307, 408, 409, 500, 503) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 999 }) },
);

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

it('accepts nothing but a good 2xx with an id and our or no client order id, and refuses nothing but known codes', () => {
  const seen = { accepted: 0, refused: 0, unknown: 0, 'not-sent': 0 };
  fc.assert(
    fc.property(anyStatus, anyBody, (status, body) => {
      const outcome = classifyPlacement(answer(status, body), ours);
      seen[outcome.kind] += 1;
      if (outcome.kind === 'accepted') {
        expect([200, 201, 202]).toContain(status);
        const json = parsed(body);
        expect(json).toBeDefined();
        const data =
          json !== undefined && Object.hasOwn(json, 'data') ? parsed(JSON.stringify(json['data'])) : json;
        expect([data?.['order_id'], data?.['id']].map((id) => String(id).trim())).toContain(
          outcome.exchangeOrderId,
        );
        expect(outcome.exchangeOrderId).not.toBe('');
        expect([undefined, null, ours]).toContain(data?.['client_order_id']);
      } else if (outcome.kind === 'refused') {
        expect([400, 401, 402, 403, 404, 422, 429]).toContain(status);
        expect(['INVALID_ORDER', 'RATE_LIMIT']).toContain(outcome.code);
        expect(parsed(body)).toBeDefined();
        expect(body).not.toMatch(/duplicate/i);
      } else {
        expect(outcome.kind).toBe('unknown');
      }
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(seen.accepted, seen.refused, seen.unknown)).toBeGreaterThan(20);
});
