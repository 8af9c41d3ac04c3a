import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/exchange/faults/fault-schema.ts';
import { orderAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';

/** The nasty exchange: it takes a second order with the same client order id. */
const underTest = useLocalService({ modes: { clientOrderIds: 'accept' } });
const limitOrder = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };
let count = 0;

beforeEach(() => {
  const { admin } = underTest().service.exchange;
  admin.clearFaults();
  admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
});

type Effect = FaultInput['effect'];

const spoiltAnswers: [string, Effect][] = [
  ['a connection reset', { kind: 'reset' }],
  ['500 without a word', { kind: 'status', status: 500 }],
  ['502 with a page of HTML', { kind: 'html' }],
  ['200 with a page of HTML', { kind: 'html', status: 200 }],
  ['truncated JSON', { kind: 'truncated' }],
  ['a body cut off with its connection', { kind: 'truncated', connection: 'broken' }],
  ['an empty 200', { kind: 'empty' }],
  ['an empty 201', { kind: 'empty', status: 201 }],
  ['a 201 without an id', { kind: 'without-id' }],
  ["a 201 with somebody else's client order id", { kind: 'other-client-id' }],
  [
    '409 that speaks of a duplicate',
    { kind: 'status', status: 409, json: { errors: { detail: 'duplicate' } } },
  ],
  ['400 with an unknown code', { kind: 'status', status: 400, json: { error: { code: 'STRANGE' } } }],
  ['a redirect', { kind: 'redirect' }],
  ['an error that echoes the headers', { kind: 'echo-headers' }],
];

describe('an order that was taken, whose answer was lost or spoilt', () => {
  it.each(spoiltAnswers)(
    '%s: one order at the exchange, also when the caller repeats',
    async (_name, effect) => {
      const { service } = underTest();
      const key = `taken-but-unclear-${++count}`;
      service.exchange.admin.addFault({ endpoint: 'POST /orders', stage: 'after', effect });
      const first = await service.api.placeOrder(key, limitOrder);
      const { id } = v.parse(orderAnswer, first.body);
      expect(first).toMatchObject({ status: 202, body: { state: 'UNKNOWN' } });
      expect(await service.api.placeOrder(key, limitOrder)).toMatchObject({
        status: 200,
        body: { id, state: 'UNKNOWN' },
      });
      expect(service.exchange.admin.truth().orders.byClientId[id]).toHaveLength(1);

      await service.stack.fireSchedule();
      expect((await service.api.get(`/orders/${id}`)).body).toMatchObject({
        state: 'FILLED',
        filledQuantity: 1,
      });
      await service.api.placeOrder(key, limitOrder);
      expect(service.exchange.admin.truth().orders.byClientId[id]).toHaveLength(1);
    },
  );
});

describe('an order that was not taken', () => {
  it.each([
    ['a connection reset', { kind: 'reset' }, 'UNKNOWN'],
    ['503', { kind: 'status', status: 503 }, 'UNKNOWN'],
    ['429', { kind: 'rate-limited', afterSeconds: 7 }, 'REJECTED'],
  ] as [string, Effect, string][])(
    '%s: never sent again by itself, and recorded as %3$s',
    async (_name, effect, state) => {
      const { service } = underTest();
      const key = `not-taken-at-all-${++count}`;
      service.exchange.admin.addFault({ endpoint: 'POST /orders', stage: 'before', effect });
      const answer = await service.api.placeOrder(key, limitOrder);
      const body = v.parse(v.looseObject({ order: v.optional(orderAnswer) }), answer.body);
      const order = body.order ?? v.parse(orderAnswer, answer.body);
      expect(order.state).toBe(state);
      if (state === 'REJECTED') expect(answer.headers.get('retry-after')).toBe('7');

      await service.api.placeOrder(key, limitOrder);
      await service.stack.fireSchedule();
      await service.stack.fireSchedule();
      expect(service.exchange.admin.truth().orders.byClientId[order.id]).toBeUndefined();
    },
  );
});

it('nothing secret was logged through all of this', () => {
  const { logLines, service } = underTest();
  const lines = logLines.join('\n');
  expect(logLines.length).toBeGreaterThan(20);
  expect(lines).not.toMatch(/x-thegrid|signature/i);
  // A signature or a 64-byte key in base64 has 88 characters, a seed 44; a fingerprint has 43 and is no secret.
  expect(lines).not.toMatch(/[A-Za-z0-9+/]{86}==/);
  expect(lines).not.toMatch(/[A-Za-z0-9+/]{43}=/);
  expect(lines).not.toContain(service.stack.dynamoDb.credentials.secretAccessKey);
});

it('what became of the orders is counted as metrics in the embedded format', async () => {
  const metric = v.looseObject({
    _aws: v.object({
      CloudWatchMetrics: v.tuple([
        v.looseObject({ Namespace: v.string(), Dimensions: v.tuple([v.array(v.string())]) }),
      ]),
    }),
  });
  const emitted = underTest()
    .logLines.map((line) => v.safeParse(metric, JSON.parse(line)))
    .flatMap(({ success, output }) => (success ? [output] : []));
  for (const { _aws: metadata, ...values } of emitted) {
    const [{ Namespace, Dimensions }] = metadata.CloudWatchMetrics;
    expect(Namespace).toBe('GridBuyer');
    expect(Dimensions[0][0]).toBe('stage');
    expect(values).toMatchObject({ stage: 'threshold' });
  }
  expect(emitted).toContainEqual(expect.objectContaining({ OrderPlaced: 1, outcome: 'UNKNOWN' }));
  expect(emitted).toContainEqual(expect.objectContaining({ CheckCompleted: 1 }));
  expect(emitted).toContainEqual(expect.objectContaining({ AuditIncomplete: 0 }));
  expect(emitted).toContainEqual(expect.objectContaining({ BreakerOpen: 0 }));
  expect(emitted).toContainEqual(
    expect.objectContaining({ BudgetUsedPercent: expect.any(Number), period: 'month' }),
  );
  expect(emitted).toContainEqual(
    expect.objectContaining({ UnitsAvailable: expect.any(Number), instrument: 'chat-prime' }),
  );
});
