import { describe, expect, it } from 'vitest';
import {
  at,
  column,
  createClientKey,
  matching,
  orderIdOf,
  sendRaw,
  startWorld,
  type World,
} from './support.ts';

async function ask(world: World, method: string, target: string, body?: unknown) {
  const answer = await sendRaw(world.exchange.adminUrl, {
    method,
    target,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(answer.text) as unknown };
}

describe('the admin API', () => {
  it('lists its routes, and serves each that only reads', async () => {
    const world = await startWorld();
    const { json } = await ask(world, 'GET', '/');
    const routes = at(json, 'routes');
    if (!Array.isArray(routes)) throw new Error('no routes');
    const reads = routes
      .filter((route) => at(route, 'method') === 'GET')
      .map((route) => String(at(route, 'path')));
    expect(reads).toContain('/truth');
    for (const path of reads) expect([path, (await ask(world, 'GET', path)).status]).toEqual([path, 200]);
  });

  it('tells the truth about orders, money, Units and calls', async () => {
    const world = await startWorld({ modes: { feeRate: '0.01' }, usd: '100' });
    world.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 2 }] });
    const id = orderIdOf(await world.buy({ quantity: 3 }));
    const { json } = await ask(world, 'GET', '/truth');
    expect(json).toMatchObject({
      conserved: true,
      orders: {
        accepted: 1,
        live: 1,
        byStatus: { partially_filled: 1 },
        byClientId: { 'buy-1': [id] },
        duplicates: {},
      },
      calls: { orderPosts: 1, orderPostsByClientId: { 'buy-1': 1 }, badSignatures: {} },
      money: {
        deposited: '100.00',
        available: '93.435',
        locked: '2.525',
        spent: '4.00',
        fees: '0.04',
        highestLocked: '7.575',
      },
      units: { 'chat-prime': { bought: '2', held: '2', inTrading: '0', consumed: '0', expired: '0' } },
    });
    expect((await ask(world, 'GET', '/orders')).json).toMatchObject([
      { orderId: id, filled: 2, locked: '2.525' },
    ]);
    expect((await ask(world, 'GET', '/trades')).json).toMatchObject([
      { buyOrderId: id, quantity: 2, price: '2.00' },
    ]);
    expect((await ask(world, 'GET', '/lots')).json).toMatchObject({
      'chat-prime': [{ remaining: '2', expiresAt: '2026-03-02T13:00:00.000Z' }],
    });
  });

  it('logs requests, newest first, without bodies or headers', async () => {
    const world = await startWorld();
    await world.buy();
    await world.call('GET', '/orders?limit=5');
    const { json } = await ask(world, 'GET', '/requests?newest=1');
    expect(json).toEqual([
      {
        number: 2,
        at: '2026-03-02T09:00:00.000Z',
        method: 'GET',
        path: '/api/v1/trading/orders',
        query: 'limit=5',
        endpoint: 'GET /orders',
        clientOrderId: null,
        signature: 'valid',
        fingerprint: world.admin.keys()[0]?.fingerprint,
        fault: null,
        status: 200,
        realStatus: 200,
      },
    ]);
  });

  it('changes the world: keys, USD, modes, faults, book, sellers, burning, clock', async () => {
    const world = await startWorld();
    const { publicKey, fingerprint } = createClientKey();
    const changes: readonly [string, string, unknown][] = [
      ['POST', '/keys', { publicKey }],
      ['POST', '/keys/revoke', { fingerprint }],
      ['PUT', '/usd', { available: '12.34' }],
      ['PATCH', '/modes', { transfer: 'off', rateLimits: { perKey: true } }],
      ['POST', '/faults', { endpoint: 'GET /me', effect: { kind: 'reset' } }],
      ['PUT', '/book', { market: 'chat-prime', asks: [{ price: '3.00', quantity: 1 }] }],
      ['PATCH', '/book', { market: 'chat-fast', asks: [] }],
      ['POST', '/sales', { market: 'chat-fast', price: '0.50', units: 1 }],
      ['POST', '/asks', { market: 'chat-prime', asks: [{ price: '2.90', quantity: 1 }] }],
      ['PATCH', '/sellers', { market: 'chat-fast', enabled: false }],
      ['PUT', '/burn', { instrument: 'chat-fast', unitsPerMinute: '0.25' }],
      ['POST', '/clock', { advanceSeconds: 5 }],
    ];
    for (const [method, path, body] of changes) {
      expect([path, (await ask(world, method, path, body)).status]).toEqual([path, 200]);
    }
    expect(world.admin.keys()).toContainEqual({ fingerprint, revoked: true });
    expect(world.admin.money()).toMatchObject({ available: '12.34', conserved: true });
    expect(world.admin.modes()).toMatchObject({
      transfer: 'off',
      rateLimits: { perKey: true, perMarket: false, requestsPerMinute: 100 },
    });
    expect(world.admin.faults()).toMatchObject([{ endpoint: 'GET /me', when: { next: 1 } }]);
    const [prime, fast] = world.admin.book();
    expect(prime?.sell.map(({ price }) => price)).toEqual(['2.90', '3.00']);
    expect(fast?.sell).toEqual([]);
    expect(world.admin.units()['chat-fast']?.unitsPerMinute).toBe('0.25');
    expect(world.admin.clock().now).toBe('2026-03-02T09:00:05.000Z');
    await ask(world, 'DELETE', '/faults');
    expect(world.admin.faults()).toEqual([]);
  });

  it('moves quotes, and who has bid for longest at a price is served first', async () => {
    const world = await startWorld();
    const market = 'chat-prime';
    world.admin.moveBook({
      market,
      bids: [
        { price: '1.90', quantity: 10 },
        { price: '1.80', quantity: 1 },
      ],
      asks: [{ price: '2.00', quantity: 3 }],
    });
    const order = orderIdOf(await world.buy({ quantity: 4, price: '1.90' }));
    const filled = () => world.admin.orders().find(({ orderId }) => orderId === order)?.filled;
    const sell = { market, price: '1.90', units: 8 };
    expect(world.admin.sellToBids(sell)).toEqual({ sold: '8' });
    // Two are left in front of the order, and the eight that come now stand behind it. The asks stay.
    world.admin.moveBook({ market, bids: [{ price: '1.90', quantity: 10 }] });
    expect(filled()).toBe(0);
    const quantities = (side: 'buy' | 'sell') =>
      world.admin.book()[0]?.[side].map(({ quantity }) => quantity);
    expect([quantities('buy'), quantities('sell')]).toEqual([['2', '4', '8'], ['3']]);
    world.admin.sellToBids({ ...sell, units: 3 });
    expect(filled()).toBe(1);
    // What is too much leaves from the end; a sale takes what is bid at its price or better, and no more.
    world.admin.moveBook({ market, bids: [{ price: '1.90', quantity: 5 }], asks: [] });
    expect([quantities('buy'), quantities('sell')]).toEqual([['3', '5'], []]);
    expect(world.admin.sellToBids({ ...sell, units: 100 })).toEqual({ sold: '8' });
    expect([filled(), quantities('buy'), world.admin.truth().conserved]).toEqual([4, [], true]);
  });

  it('lets asks that come down trade with the bids they meet', async () => {
    const world = await startWorld();
    const order = orderIdOf(await world.buy({ quantity: 4, price: '1.90' }));
    world.admin.moveBook({
      market: 'chat-prime',
      asks: [
        { price: '1.89', quantity: 3 },
        { price: '1.91', quantity: 3 },
      ],
    });
    expect(world.admin.orders()).toMatchObject([{ orderId: order, filled: 3, value: '5.70' }]);
    expect(world.admin.book()[0]?.sell).toMatchObject([{ price: '1.91', quantity: '3' }]);
  });

  it('goes back to the first state', async () => {
    const world = await startWorld();
    const before = await world.buy();
    world.admin.setModes({ accountMode: 'auto' });
    world.admin.addFault({ endpoint: '*', effect: { kind: 'reset' } });
    expect((await ask(world, 'POST', '/reset')).status).toBe(200);
    expect(world.admin.truth()).toMatchObject({ orders: { accepted: 0 }, calls: { requests: 0 } });
    expect((await world.buy()).json).toEqual(before.json);
    world.admin.reset({ seed: 99 });
    expect((await world.buy()).json).not.toEqual(before.json);
  });

  it.each([
    ['PATCH', '/modes', { transfer: 'sometimes' }, /^transfer: /],
    ['PATCH', '/modes', { trasnfer: 'off' }, /trasnfer/],
    ['PATCH', '/modes', { feeRate: '1' }, /^feeRate: must be below 1/],
    ['PATCH', '/modes', { balanceLagSeconds: 4000 }, /^balanceLagSeconds: /],
    ['PUT', '/usd', { available: 12 }, /^available: must be a decimal string/],
    ['PUT', '/usd', undefined, /input: /],
    ['PUT', '/book', { market: 'chat-prime', asks: [{ price: '2.005', quantity: 1 }] }, /^asks\.0\.price: /],
    ['PUT', '/burn', { instrument: 'chat-x', unitsPerMinute: '1' }, /^instrument: names no instrument/],
    ['POST', '/asks', { market: 'chat-prime', asks: [] }, /^asks: /],
    ['POST', '/keys', { publicKey: 'AAAA' }, /^publicKey: must be base64 of 32 bytes/],
    ['POST', '/clock', { advanceSeconds: -1 }, /must be|advanceSeconds/],
    ['POST', '/faults', { endpoint: 'GET /nothing', effect: { kind: 'reset' } }, /^endpoint: /],
    ['POST', '/faults', { endpoint: '*', effect: { kind: 'earthquake' } }, /^effect\.kind: /],
    ['POST', '/faults', { endpoint: '*', effect: { kind: 'fill-during-cancel' } }, /needs the endpoint/],
    [
      'POST',
      '/faults',
      { endpoint: '*', stage: 'before', effect: { kind: 'slow', seconds: 1 } },
      /use stage "after"/,
    ],
    [
      'POST',
      '/faults',
      { endpoint: '*', stage: 'after', effect: { kind: 'late-acceptance', seconds: 1 } },
      /use stage "before"/,
    ],
    ['GET', '/requests?newest=0', undefined, /^newest: /],
    ['GET', '/requests?oldest=5', undefined, /oldest/],
  ] as const)('refuses %s %s %o with a clear problem', async (method, path, body, problem) => {
    const world = await startWorld();
    const { status, json } = await ask(world, method, path, body);
    expect([status, at(json, 'problems', 0)]).toEqual([400, matching(problem)]);
  });

  it('refuses what cannot be done, unknown routes, wrong methods and bodies that are not JSON', async () => {
    const world = await startWorld();
    expect((await ask(world, 'POST', '/keys/revoke', { fingerprint: 'none' })).status).toBe(409);
    expect((await ask(world, 'POST', '/orders/fill', { orderId: 'none' })).status).toBe(409);
    expect((await ask(world, 'GET', '/secrets')).status).toBe(404);
    expect((await ask(world, 'GET', '/reset')).status).toBe(405);
    const broken = { method: 'POST', target: '/clock', body: '{"advance' };
    expect((await sendRaw(world.exchange.adminUrl, broken)).status).toBe(400);
  });
});

async function marketDay(seed: number) {
  const world = await startWorld({ seed });
  for (let number = 1; number <= 3; number += 1) {
    await world.buy({ quantity: 20, client_order_id: `buy-${number}` });
    world.admin.setClock({ advanceSeconds: 45 });
  }
  return [column(await world.call('GET', '/trades'), 'trade_id'), world.admin.money(), world.admin.book()];
}

describe('the same seed and the same calls', () => {
  it('give the same ids and prices; another seed gives others', async () => {
    const first = await marketDay(5);
    expect(await marketDay(5)).toEqual(first);
    expect(await marketDay(6)).not.toEqual(first);
  });
});
