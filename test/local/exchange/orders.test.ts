import { describe, expect, it } from 'vitest';
import {
  at,
  CHAT_PRIME_MARKET,
  column,
  matching,
  orderIdOf,
  seedOrder,
  sendSigned,
  startWorld,
} from './support.ts';

describe('the published script', () => {
  it('buys one Unit and finds it in the consumption account', async () => {
    const world = await startWorld();
    const created = await world.buy();
    expect(created.status).toBe(201);
    expect(at(created.json, 'data')).toEqual({
      order_id: matching(/^order_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      client_order_id: 'buy-1',
    });
    const accounts = await world.call('GET', '/consumption-accounts?order_by=created_at');
    expect(at(accounts.json, 'data')).toMatchObject([
      {
        account_id: matching(/^account_/),
        available_balance: '1',
        total_balance: '1',
        instrument_id: matching(/^instrument_/),
      },
    ]);
  });

  it('sees its order in the deployed types', async () => {
    const world = await startWorld({ sellers: false });
    world.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.10', quantity: 1 }] });
    const id = orderIdOf(await world.buy({ quantity: 3 }));
    const { json } = await world.call('GET', `/orders/${id}`);
    expect(at(json, 'data')).toMatchObject({
      order_id: id,
      client_order_id: 'buy-1',
      status: 'partially_filled',
      quantity: 3,
      filled_quantity: 1,
      price: '2.50',
      average_price: '2.10000000',
      closure_reason: null,
      submitted_at: '2026-03-02T09:00:00.000Z',
    });
    const trades = await world.call('GET', `/trades?order_id=${id}`);
    expect(at(trades.json, 'data')).toMatchObject([
      { order_id: id, price: '2.10000000', quantity: 1, total_value: '2.10000000', side: 'buy' },
    ]);
  });
});

describe('what an order may look like', () => {
  it.each([
    ['a quantity as text', { quantity: '2' }],
    ['a short price', { price: '2.5' }],
    ['no time in force', { time_in_force: undefined }],
    ['no client id', { client_order_id: undefined }],
    ['a market order', { type: 'market', price: undefined }],
    ['a field nobody knows', { note: 'hello' }],
  ])('%s is accepted', async (_, change) => {
    const world = await startWorld();
    expect((await world.buy(change)).status).toBe(201);
  });

  it.each([
    ['a price as a JSON number', { price: 2.5 }, 400, 'INVALID_PRICE'],
    ['a price with an exponent', { price: '25e-1' }, 400, 'INVALID_PRICE'],
    ['a limit order without a price', { price: undefined }, 400, 'INVALID_PRICE'],
    ['a market order with a price', { type: 'market' }, 400, 'INVALID_PRICE'],
    ['a price of zero', { price: '0.00' }, 422, 'INVALID_PRICE'],
    ['a price off the tick', { price: '2.505' }, 422, 'INVALID_PRICE'],
    ['half a Unit', { quantity: 0.5 }, 400, 'INVALID_QUANTITY'],
    ['a quantity with decimals', { quantity: '1.0' }, 400, 'INVALID_QUANTITY'],
    ['no Unit', { quantity: 0 }, 422, 'INVALID_QUANTITY'],
    ['more than the market allows', { quantity: 10_001 }, 422, 'INVALID_QUANTITY'],
    ['an unknown side', { side: 'hold' }, 400, 'VALIDATION_ERROR'],
    ['an unknown type', { type: 'stop' }, 400, 'VALIDATION_ERROR'],
    ['an unknown life', { time_in_force: 'forever' }, 400, 'VALIDATION_ERROR'],
    ['a client id that is no text', { client_order_id: 7 }, 400, 'VALIDATION_ERROR'],
    ['no market', { market_id: undefined }, 400, 'VALIDATION_ERROR'],
    ['an unknown market', { market_id: 'market_x' }, 404, 'market_not_found'],
    ['a symbol in place of a market id', { market_id: 'chat-prime' }, 404, 'market_not_found'],
  ])('%s is refused', async (_, change, status, detail) => {
    const world = await startWorld();
    const answer = await world.buy(change);
    expect([answer.status, at(answer.json, 'errors', 'detail')]).toEqual([status, detail]);
    expect(world.admin.truth().orders.accepted).toBe(0);
  });

  it('depends on strictness flags for text quantities and unknown fields', async () => {
    const world = await startWorld({ modes: { quantityInput: 'integer', unknownOrderFields: 'refuse' } });
    expect((await world.buy({ quantity: '2' })).status).toBe(400);
    expect((await world.buy({ note: 'hello' })).status).toBe(400);
    expect((await world.buy()).status).toBe(201);
  });

  it('is JSON, and says so', async () => {
    const world = await startWorld();
    const post = (body: string, type: string) =>
      sendSigned(world, { method: 'POST', path: '/orders', body, headers: { 'content-type': type } });
    expect((await post('{"market_id":', 'application/json')).status).toBe(400);
    expect((await post(JSON.stringify(seedOrder), 'text/plain')).status).toBe(415);
    expect((await post(JSON.stringify(seedOrder), 'application/json; charset=utf-8')).status).toBe(201);
  });
});

describe('a client order id that was used before', () => {
  it.each([409, 422] as const)('is refused with %i', async (duplicateStatus) => {
    const world = await startWorld({ modes: { duplicateStatus } });
    await world.buy();
    const again = await world.buy();
    expect([again.status, at(again.json, 'errors', 'detail')]).toEqual([
      duplicateStatus,
      'DUPLICATE_CLIENT_ORDER_ID',
    ]);
    const { orders, calls } = world.admin.truth();
    expect([orders.accepted, calls.orderPosts, calls.orderPostsByClientId]).toEqual([1, 2, { 'buy-1': 2 }]);
  });

  it('makes a second order where the exchange does not look at it, and the truth tells', async () => {
    const world = await startWorld({ modes: { clientOrderIds: 'accept' } });
    const ids = [orderIdOf(await world.buy()), orderIdOf(await world.buy())];
    const { orders, units } = world.admin.truth();
    expect(orders.duplicates).toEqual({ 'buy-1': ids });
    expect(units['chat-prime']?.bought).toBe('2');
  });

  it('is not taken by an order that was refused', async () => {
    const world = await startWorld();
    expect((await world.buy({ quantity: 9999 })).status).toBe(402);
    expect((await world.buy()).status).toBe(201);
  });

  it('can be withheld from lists', async () => {
    const world = await startWorld({ modes: { showClientOrderIds: false } });
    await world.buy();
    expect(column(await world.call('GET', '/orders'), 'client_order_id')).toEqual([undefined]);
  });
});

describe('too little money', () => {
  it.each([
    [402, 'insufficient_funds'],
    [400, 'INSUFFICIENT_BALANCE'],
    [422, 'INSUFFICIENT_BALANCE'],
  ] as const)('is refused with %i and locks nothing', async (insufficientFundsStatus, detail) => {
    const world = await startWorld({ usd: '2.49', modes: { insufficientFundsStatus } });
    const answer = await world.buy();
    expect([answer.status, at(answer.json, 'errors', 'detail')]).toEqual([insufficientFundsStatus, detail]);
    expect(world.admin.money()).toMatchObject({ available: '2.49', locked: '0.00' });
  });

  it('counts the USD that resting orders hold', async () => {
    const world = await startWorld({ usd: '5', sellers: false });
    expect((await world.buy({ quantity: 2 })).status).toBe(201);
    expect((await world.buy({ client_order_id: 'buy-2' })).status).toBe(402);
    const accounts = await world.call('GET', '/currency-trading-accounts');
    expect(at(accounts.json, 'data', 0)).toMatchObject({
      currency: 'usd',
      total_balance: '5.00',
      available_balance: '0.00',
      locked_balance: '5.00',
    });
  });
});

describe('cancelling', () => {
  it('gives 204 and the USD back; a second time 500 order_already_cancelled', async () => {
    const world = await startWorld({ sellers: false });
    const id = orderIdOf(await world.buy());
    expect(world.admin.money().locked).toBe('2.50');
    expect((await world.call('DELETE', `/orders/${id}`)).status).toBe(204);
    expect(world.admin.money()).toMatchObject({ available: '1000.00', locked: '0.00' });
    const again = await world.call('DELETE', `/orders/${id}`);
    expect([again.status, at(again.json, 'errors', 'detail')]).toEqual([500, 'order_already_cancelled']);
    const { json } = await world.call('GET', `/orders/${id}`);
    expect(at(json, 'data', 'status')).toBe('cancelled');
  });

  it('is too late for a filled order, and impossible for an unknown one', async () => {
    const world = await startWorld();
    const id = orderIdOf(await world.buy());
    expect((await world.call('DELETE', `/orders/${id}`)).status).toBe(422);
    expect((await world.call('DELETE', '/orders/order_x')).status).toBe(404);
  });

  it('can answer 200 with what became of the order', async () => {
    const world = await startWorld({ sellers: false, modes: { cancelStatus: 200 } });
    const answer = await world.call('DELETE', `/orders/${orderIdOf(await world.buy())}`);
    expect([answer.status, at(answer.json, 'data', 'status')]).toEqual([200, 'cancelled']);
  });

  it('works for all orders, or those of one market, which are counted before', async () => {
    const world = await startWorld({ sellers: false });
    const fast = 'market_1f6b2c94-7d3e-4a58-b0c7-9e2d4f8a6b35';
    await world.buy();
    await world.buy({ client_order_id: 'buy-2' });
    await world.buy({ client_order_id: 'buy-3', market_id: fast, price: '0.90' });
    expect(at((await world.call('GET', '/orders/count')).json, 'data')).toEqual({
      count: 3,
      by_market: [
        { market_id: CHAT_PRIME_MARKET, count: 2 },
        { market_id: fast, count: 1 },
      ],
    });
    const ofMarket = await world.call('DELETE', `/markets/${CHAT_PRIME_MARKET}/orders`);
    expect(at(ofMarket.json, 'data', 'cancelled')).toBe(2);
    expect(at((await world.call('DELETE', '/orders')).json, 'data', 'cancelled')).toBe(1);
    expect(world.admin.money().locked).toBe('0.00');
  });
});

describe('updating', () => {
  it('changes price and quantity, locks anew, and matches again', async () => {
    const world = await startWorld({ sellers: false });
    world.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.60', quantity: 1 }] });
    const id = orderIdOf(await world.buy());
    const answer = await world.call('PUT', `/orders/${id}`, { price: '2.70', quantity: 2 });
    expect(answer.status).toBe(200);
    expect(at(answer.json, 'data')).toMatchObject({ price: '2.70', quantity: 2, filled_quantity: 1 });
    expect(world.admin.money()).toMatchObject({ spent: '2.60', locked: '2.70' });
  });

  it('is refused when the money does not suffice, and leaves the order as it was', async () => {
    const world = await startWorld({ sellers: false, usd: '3' });
    const id = orderIdOf(await world.buy());
    expect((await world.call('PUT', `/orders/${id}`, { quantity: 2 })).status).toBe(402);
    expect(world.admin.money().locked).toBe('2.50');
  });
});

describe('Auto mode', () => {
  it('refuses create, update and cancel with 403, and serves reads', async () => {
    const world = await startWorld({ sellers: false });
    const id = orderIdOf(await world.buy());
    world.admin.setModes({ accountMode: 'auto' });
    const refused = [
      await world.buy({ client_order_id: 'buy-2' }),
      await world.call('PUT', `/orders/${id}`, { quantity: 2 }),
      await world.call('DELETE', `/orders/${id}`),
      await world.call('DELETE', '/orders'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(at(refused[0]?.json, 'errors', 'detail')).toBe('auto_mode_trading_restricted');
    expect((await world.call('GET', `/orders/${id}`)).status).toBe(200);
    expect(at((await world.call('GET', '/me')).json, 'data', 'account_mode')).toBe('easy');
    expect(world.admin.truth().orders).toMatchObject({ accepted: 1, live: 1 });
  });
});

describe('a suspended market', () => {
  it('shows its status and takes no order, but lets one be cancelled', async () => {
    const world = await startWorld({ sellers: false });
    const id = orderIdOf(await world.buy());
    world.admin.setMarketStatus({ market: CHAT_PRIME_MARKET, status: 'suspended' });
    const shown = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}`);
    expect(at(shown.json, 'data', 'status')).toBe('suspended');
    const refused = await world.buy({ client_order_id: 'buy-2' });
    expect([refused.status, at(refused.json, 'errors', 'detail')]).toEqual([422, 'MARKET_CLOSED']);
    expect((await world.call('DELETE', `/orders/${id}`)).status).toBe(204);
  });
});

describe('error envelopes', () => {
  it.each([
    ['errors.detail', { errors: { detail: 'order_not_found', message: 'Order not found' } }],
    ['error.code', { error: { code: 'ORDER_NOT_FOUND', message: 'Order not found' } }],
    ['bare', { error: 'Order not found' }],
  ] as const)('%s', async (errorEnvelope, body) => {
    const world = await startWorld({ modes: { errorEnvelope } });
    expect((await world.call('DELETE', '/orders/order_x')).json).toEqual(body);
  });
});

describe('answers of other deployments', () => {
  it('create with 200, quantities as text, another word for open', async () => {
    const world = await startWorld({
      sellers: false,
      modes: { createStatus: 200, quantityOutput: 'string', openStatusWord: 'open' },
    });
    expect((await world.buy()).status).toBe(200);
    const { json } = await world.call('GET', '/orders?status=open');
    expect(at(json, 'data')).toMatchObject([{ quantity: '1', filled_quantity: '0', status: 'open' }]);
  });
});

describe('orders that are not the API’s own', () => {
  it('show in lists and use the same money', async () => {
    const world = await startWorld({ sellers: false });
    world.admin.placeDashboardOrder({ market: 'chat-prime', quantity: 2, price: '2.00' });
    expect(column(await world.call('GET', '/orders'), 'quantity')).toEqual([2]);
    expect(world.admin.money().locked).toBe('4.00');
    expect(world.admin.truth().calls.orderPosts).toBe(0);
  });
});
