import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/exchange/faults/fault-schema.ts';
import {
  at,
  CHAT_PRIME_MARKET,
  orderIdOf,
  type RawAnswer,
  seedOrder,
  sendSigned,
  startWorld,
  type World,
} from './support.ts';

type Effect = FaultInput['effect'];

const post = { method: 'POST', path: '/orders', body: JSON.stringify(seedOrder) };

function strikeCreate(world: World, effect: Effect, stage?: 'before' | 'after'): void {
  world.admin.addFault({ endpoint: 'POST /orders', effect, ...(stage === undefined ? {} : { stage }) });
}

/** Sends the seed's order into a fault, and tells what came back and how many orders there are now. */
async function createInto(
  effect: Effect,
  stage?: 'before' | 'after',
): Promise<{ readonly answer: RawAnswer; readonly accepted: number; readonly world: World }> {
  const world = await startWorld();
  strikeCreate(world, effect, stage);
  const answer = await sendSigned(world, post);
  return { answer, accepted: world.admin.truth().orders.accepted, world };
}

/** Like {@link createInto} for faults after which no whole answer arrives. */
async function failInto(effect: Effect, stage?: 'before' | 'after', giveUpAfter = 5000) {
  const world = await startWorld();
  strikeCreate(world, effect, stage);
  const failure = await sendSigned(world, { ...post, giveUpAfter }).then(
    ({ status }) => `answered ${status}`,
    (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  );
  return { failure, accepted: world.admin.truth().orders.accepted, world };
}

const stages = [
  ['before', 0],
  ['after', 1],
] as const;

describe.each(stages)('%s acceptance', (stage, orders) => {
  it.each([500, 502, 503, 504])('status %i in the usual envelope', async (status) => {
    const { answer, accepted } = await createInto({ kind: 'status', status }, stage);
    expect([answer.status, accepted]).toEqual([status, orders]);
    expect(answer.text).toContain('"errors"');
  });

  it('any status, body and headers', async () => {
    const effect: Effect = { kind: 'status', status: 418, json: { odd: true }, headers: { 'x-odd': 'yes' } };
    const { answer, accepted } = await createInto(effect, stage);
    expect([answer.status, answer.text, answer.headers['x-odd']]).toEqual([418, '{"odd":true}', 'yes']);
    expect(accepted).toBe(orders);
    const text = await createInto({ kind: 'status', status: 500, text: 'oops' }, stage);
    expect(text.answer.text).toBe('oops');
  });

  it('429 with Retry-After in seconds', async () => {
    const { answer, accepted } = await createInto({ kind: 'rate-limited', afterSeconds: 7 }, stage);
    expect([answer.status, answer.headers['retry-after'], accepted]).toEqual([429, '7', orders]);
  });

  it('429 with nothing but an epoch to reset at', async () => {
    const effect: Effect = { kind: 'rate-limited', afterSeconds: 30, hint: 'reset-epoch' };
    const { answer } = await createInto(effect, stage);
    expect(answer.headers['retry-after']).toBeUndefined();
    const wait = Number(answer.headers['x-ratelimit-reset']) - Date.now() / 1000;
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThan(31);
  });

  it('the connection is reset', async () => {
    const { failure, accepted } = await failInto({ kind: 'reset' }, stage);
    expect([failure, accepted]).toEqual([expect.stringMatching(/ECONNRESET|socket hang up/), orders]);
  });

  it('nothing comes back until the client gives up', async () => {
    const { failure, accepted } = await failInto({ kind: 'hang' }, stage, 40);
    expect([failure, accepted]).toEqual(['gave up waiting', orders]);
  });

  it('an HTML page', async () => {
    const { answer, accepted } = await createInto({ kind: 'html', status: 503 }, stage);
    expect([answer.status, answer.headers['content-type'], accepted]).toEqual([503, 'text/html', orders]);
    expect(answer.text).toContain('<html>');
  });

  it('a 2xx without a body', async () => {
    const { answer, accepted } = await createInto({ kind: 'empty', status: 201 }, stage);
    expect([answer.status, answer.text, accepted]).toEqual([201, '', orders]);
  });

  it('a 2xx without an id', async () => {
    const { answer, accepted } = await createInto({ kind: 'without-id' }, stage);
    expect([answer.status, answer.text, accepted]).toEqual([201, '{"data":{}}', orders]);
  });

  it('half a JSON body', async () => {
    const { answer, accepted } = await createInto({ kind: 'truncated' }, stage);
    expect([answer.status, accepted]).toEqual([201, orders]);
    expect(() => JSON.parse(answer.text) as unknown).toThrow(SyntaxError);
    expect(answer.text).toContain('order_id');
  });

  it('a redirect', async () => {
    const { answer, accepted } = await createInto({ kind: 'redirect', location: '/v1/orders' }, stage);
    expect([answer.status, answer.headers.location, accepted]).toEqual([307, '/v1/orders', orders]);
  });

  it('an error that repeats the request headers', async () => {
    const { answer, accepted } = await createInto({ kind: 'echo-headers' }, stage);
    expect([answer.status, accepted]).toEqual([500, orders]);
    expect(answer.text).toContain('x-thegrid-signature');
  });

  it('a key that is revoked', async () => {
    const { answer, accepted, world } = await createInto({ kind: 'key-revoked' }, stage);
    expect([answer.status, accepted]).toEqual([stage === 'before' ? 401 : 201, orders]);
    expect((await world.call('GET', '/me')).status).toBe(401);
  });

  it('a market that is suspended', async () => {
    const { answer, accepted, world } = await createInto({ kind: 'market-suspended' }, stage);
    expect([answer.status, accepted]).toEqual([stage === 'before' ? 422 : 201, orders]);
    expect((await world.buy({ client_order_id: 'buy-2' })).status).toBe(422);
    const fast = { market_id: 'market_1f6b2c94-7d3e-4a58-b0c7-9e2d4f8a6b35', client_order_id: 'buy-3' };
    expect((await world.buy(fast)).status).toBe(201);
  });
});

describe('answers that are spoilt', () => {
  it('end in the middle, with the connection', async () => {
    const { failure, accepted } = await failInto({ kind: 'truncated', connection: 'broken' });
    expect([failure, accepted]).toEqual(['aborted', 1]);
  });

  it('name another client id', async () => {
    const { answer } = await createInto({ kind: 'other-client-id', clientOrderId: 'not-yours' });
    expect(answer.text).toMatch(/^\{"data":\{"order_id":"order_[^"]+","client_order_id":"not-yours"\}\}$/);
  });

  it('come late: not before market time has moved', async () => {
    const world = await startWorld();
    strikeCreate(world, { kind: 'slow', seconds: 20 });
    let answered = false;
    const answer = sendSigned(world, post).then((one) => {
      answered = true;
      return one;
    });
    // Another whole round trip shows that the first request was carried out and is being held back.
    while (world.admin.truth().orders.accepted === 0) await world.call('GET', '/me');
    world.admin.setClock({ advanceSeconds: 19 });
    await world.call('GET', '/me');
    expect(answered).toBe(false);
    world.admin.setClock({ advanceSeconds: 1 });
    expect((await answer).status).toBe(201);
  });

  it('come late by the real clock when market time is fast', async () => {
    const world = await startWorld({ clock: { mode: 'accelerated', factor: 100_000 } });
    strikeCreate(world, { kind: 'slow', seconds: 600 });
    expect((await sendSigned(world, post)).status).toBe(201);
  });
});

describe('late-acceptance', () => {
  it.each(['reset', 'hang', '504'] as const)(
    'the client is cut off (%s), and then the order is accepted',
    async (connection) => {
      const world = await startWorld();
      strikeCreate(world, { kind: 'late-acceptance', seconds: 30, connection });
      const outcome = await sendSigned(world, { ...post, giveUpAfter: 40 }).then(
        ({ status }) => status,
        () => 'nothing',
      );
      expect(outcome).toBe(connection === '504' ? 504 : 'nothing');
      world.admin.setClock({ advanceSeconds: 29 });
      expect(world.admin.truth().orders.accepted).toBe(0);
      world.admin.setClock({ advanceSeconds: 1 });
      expect(world.admin.truth().orders.byClientId['buy-1']).toHaveLength(1);
      expect(world.admin.requests()[0]).toMatchObject({ fault: 'late-acceptance', realStatus: 201 });
    },
  );
});

describe('cancelling into a fault', () => {
  it.each([
    ['a part', 2, 204, 'cancelled'],
    ['all', undefined, 422, 'filled'],
  ] as const)('%s of the order is filled first', async (_, units, status, word) => {
    const world = await startWorld({ sellers: false });
    const id = orderIdOf(await world.buy({ quantity: 5 }));
    const effect = { kind: 'fill-during-cancel', ...(units === undefined ? {} : { units }) } as const;
    world.admin.addFault({ endpoint: 'DELETE /orders/{id}', effect });
    expect((await world.call('DELETE', `/orders/${id}`)).status).toBe(status);
    const order = await world.call('GET', `/orders/${id}`);
    expect(at(order.json, 'data')).toMatchObject({ status: word, filled_quantity: units ?? 5 });
    expect(world.admin.money().locked).toBe('0.00');
  });

  it('404 on an order that exists', async () => {
    const world = await startWorld();
    const id = orderIdOf(await world.buy());
    world.admin.addFault({ endpoint: 'GET /orders/{id}', effect: { kind: 'not-found' } });
    expect((await world.call('GET', `/orders/${id}`)).status).toBe(404);
    expect((await world.call('GET', `/orders/${id}`)).status).toBe(200);
  });
});

async function statusesOf(world: World, calls: number) {
  const seen: number[] = [];
  for (let call = 0; call < calls; call += 1) seen.push((await world.call('GET', '/me')).status);
  return seen;
}

/** How two dozen calls fare when each fails with a chance of one half. */
async function unluckyCalls(seed: number): Promise<number[]> {
  const world = await startWorld({ seed });
  const effect = { kind: 'status', status: 503 } as const;
  world.admin.addFault({ endpoint: 'GET /me', when: { probability: 0.5 }, effect });
  return statusesOf(world, 24);
}

describe('when a fault strikes', () => {
  const effect = { kind: 'status', status: 503 } as const;
  it('call: the n-th matching call from now, once', async () => {
    const world = await startWorld();
    world.admin.addFault({ endpoint: 'GET /me', when: { call: 3 }, effect });
    await world.call('GET', '/markets');
    expect(await statusesOf(world, 5)).toEqual([200, 200, 503, 200, 200]);
  });

  it('next: so many calls, and faults queue up', async () => {
    const world = await startWorld();
    world.admin.addFault({ endpoint: '*', when: { next: 2 }, effect });
    world.admin.addFault({ endpoint: 'GET *', effect: { ...effect, status: 500 } });
    expect(await statusesOf(world, 4)).toEqual([503, 503, 500, 200]);
    expect(world.admin.faults()).toMatchObject([{ struck: 2 }, { struck: 1 }]);
  });

  it('always, until it is cleared', async () => {
    const world = await startWorld();
    world.admin.addFault({ endpoint: 'GET /me', when: { always: true }, effect });
    expect(await statusesOf(world, 3)).toEqual([503, 503, 503]);
    world.admin.clearFaults();
    expect(await statusesOf(world, 1)).toEqual([200]);
  });

  it('with a probability, the same for the same seed', async () => {
    const first = await unluckyCalls(1);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await unluckyCalls(1)).toEqual(first);
    expect(await unluckyCalls(2)).not.toEqual(first);
  });

  it('a request with a bad signature gets its 401 and uses no fault up', async () => {
    const world = await startWorld();
    strikeCreate(world, effect);
    expect((await sendSigned(world, post, { method: 'post' })).status).toBe(401);
    expect((await sendSigned(world, post)).status).toBe(503);
  });
});

describe('the rate limiter', () => {
  it('is off unless switched on', async () => {
    const world = await startWorld({ sellers: false });
    const answer = await world.buy();
    expect(answer.headers['x-ratelimit-limit']).toBeUndefined();
  });

  it('lets so many orders through per market and second, and says when the next may come', async () => {
    const world = await startWorld({
      modes: {
        clientOrderIds: 'accept',
        rateLimits: { perMarket: true, ordersPerSecond: 2, ordersPerMinute: 3 },
      },
    });
    const answers = [await world.buy(), await world.buy(), await world.buy()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
    expect(answers.map(({ headers }) => headers['x-ratelimit-remaining'])).toEqual(['1', '0', '0']);
    expect(answers[2]?.headers['retry-after']).toBe('1');
    expect((await world.call('GET', `/markets/${CHAT_PRIME_MARKET}`)).status).toBe(200);
    world.admin.setClock({ advanceSeconds: 1 });
    expect((await world.buy()).status).toBe(201);
    // The minute's allowance is used up now; the second's is not.
    const exhausted = await world.buy();
    expect([exhausted.status, exhausted.headers['retry-after']]).toEqual([429, '19']);
    expect(world.admin.truth().orders.accepted).toBe(3);
  });

  it('lets so many calls through per key and minute', async () => {
    const world = await startWorld({ modes: { rateLimits: { perKey: true, requestsPerMinute: 2 } } });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await world.call('GET', '/me')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});
