import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { apiDocument } from '../../../local/api-document/document.ts';
import { operations } from '../../../local/api-document/operations.ts';
import { apiRoutes } from '../../../shared/configuration/api-routes.ts';
import { parseOrderRequest } from '../../../shared/http/order-request.ts';
import { orderView } from '../../../shared/http/order-view.ts';
import { problemAnswer, problemCatalogue } from '../../../shared/http/problem.ts';
import { parseReservationRequest } from '../../../shared/http/reservation-request.ts';
import { fixedBadBodies } from '../../support/bad-bodies.ts';
import { deviations } from '../../support/conforming-api.ts';
import { sampleLimits, sampleOrder } from '../../support/sample-order.ts';

const document = apiDocument();

describe('the document of the API', () => {
  it('is the one in docs, which `npm run api-document` writes', () => {
    expect(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(document)),
    );
  });

  it('is valid OpenAPI', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect({ valid, errors }).toMatchObject({ valid: true });
  });

  it('describes each route, and nothing else', () => {
    expect(Object.keys(operations).toSorted()).toEqual(
      apiRoutes.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });

  it('names every problem that a route can answer with', () => {
    const named = Object.values(operations).flatMap(({ problems }) => problems);
    const ofEveryPath = ['unknown-route', 'method-not-allowed', 'body-too-large', 'internal-error'];
    expect([...new Set([...named, ...ofEveryPath])].toSorted()).toEqual(
      Object.keys(problemCatalogue).toSorted(),
    );
  });
});

const jsonBody = v.object({
  content: v.object({ 'application/json': v.object({ schema: v.looseObject({}) }) }),
});
const documented = v.object({
  paths: v.record(
    v.string(),
    v.object({ post: v.optional(v.object({ requestBody: v.optional(jsonBody) })) }),
  ),
});

/** The schema of a route's body, as the document has it. */
function bodySchema(path: string) {
  const { paths } = v.parse(documented, document);
  const schema = paths[path]?.post?.requestBody?.content['application/json'].schema ?? {};
  return new Ajv2020({ strict: false }).compile(schema);
}

describe('a body that the document allows or forbids', () => {
  const order = bodySchema('/orders');
  const reservation = bodySchema('/reservations');
  const isOrder = (body: Record<string, unknown>) => {
    try {
      parseOrderRequest('order-0000000001', body, [{ ...sampleLimits, maximumQuantity: 10n ** 16n }]);
      return true;
    } catch {
      return false;
    }
  };

  it('is forbidden only where the service refuses it', () => {
    const flat = fixedBadBodies.flatMap((text): unknown[] => {
      try {
        return [JSON.parse(text)];
      } catch {
        return [];
      }
    });
    expect(flat.length).toBeGreaterThan(50);
    // Each of them is refused. Some of the reasons are not for JSON Schema to know.
    const forbidden = flat.filter((body) => !order(body));
    expect(forbidden.length / flat.length).toBeGreaterThan(0.6);

    const value = (...good: unknown[]) =>
      fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 6 }, fc.jsonValue());
    fc.assert(
      fc.property(
        fc.record(
          {
            market: value('chat-prime'),
            type: value('limit', 'market'),
            quantity: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.maxSafeNat(), fc.double(), fc.jsonValue()),
            price: value('2.50', '0.01', '1', '01', '2.123456789', '2.', '.5'),
            timeInForce: value('gtc', 'ioc', 'fok', 'day', 'gtd'),
            other: fc.constant(1),
          },
          { requiredKeys: ['market', 'type', 'quantity'] },
        ),
        (body) => {
          if (isOrder(body)) expect(order(body), JSON.stringify(order.errors)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is allowed where it is a reservation that the service makes', () => {
    const time = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2026-01-20'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const short = time.map((text) => `${text.slice(0, 16)}+01:00`);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({ tokens: fc.integer({ min: 1, max: 10 ** 8 }) }),
          fc.record({ units: fc.constantFrom('1', '0.5', '12.00000001') }),
        ),
        fc.oneof(time, short),
        (amount, neededFrom) => {
          const neededUntil = new Date(Date.parse(neededFrom) + 3_600_000).toISOString();
          const body = { market: 'chat-prime', ...amount, neededFrom, neededUntil };
          const instruments = [{ ...sampleLimits, isToppedUp: true }];
          parseReservationRequest('reservation-0001', body, instruments, Date.parse(neededFrom));
          expect(reservation(body), JSON.stringify(reservation.errors)).toBe(true);
        },
      ),
    );
  });
});

describe('an answer that the document does not describe', () => {
  const json = new Headers({ 'content-type': 'application/json' });
  const view = JSON.parse(JSON.stringify(orderView(sampleOrder())));
  const problem = JSON.parse(problemAnswer('stopped').body);
  const asProblem = new Headers({ 'content-type': 'application/problem+json' });

  it('is told from one that it describes', () => {
    expect(
      deviations('GET', '/orders?limit=3', {
        status: 200,
        headers: json,
        body: { orders: [view], nextCursor: null },
      }),
    ).toEqual([]);
    expect(deviations('POST', '/orders', { status: 201, headers: json, body: view })).toEqual([]);
    expect(deviations('POST', '/orders', { status: 423, headers: asProblem, body: problem })).toEqual([]);
  });

  it.each([
    ['another status', 203, json, view],
    ['another type', 201, asProblem, view],
    ['a field less', 201, json, { ...view, state: undefined }],
    ['a field more', 201, json, { ...view, signature: 'x' }],
    ['money as a number', 201, json, { ...view, spent: 2.5 }],
    ['a time without its zone', 201, json, { ...view, createdAt: '2026-11-23T18:00:00' }],
    ['a problem of another status', 402, asProblem, problem],
  ])('%s', (_what, status, headers, body) => {
    expect(
      deviations('POST', '/orders', { status, headers, body: JSON.parse(JSON.stringify(body)) }),
    ).not.toEqual([]);
  });

  it('at a path that does not exist must be a problem', () => {
    const absent = JSON.parse(problemAnswer('unknown-route').body);
    expect(deviations('GET', '/nothing', { status: 404, headers: asProblem, body: absent })).toEqual([]);
    expect(deviations('GET', '/nothing', { status: 404, headers: json, body: {} })).not.toEqual([]);
  });
});
