import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApiClient } from '../../local/service/api-client.ts';
import { orderAnswer, orderListAnswer, problemAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';

const caller = (name: string) => ({
  accessKeyId: `AKIA${name.toUpperCase().padEnd(16, 'X')}`,
  secretAccessKey: `secret-of-the-${name}-caller`,
  userArn: `arn:aws:iam::123456789012:user/${name}`,
});
const callers = [caller('first'), caller('second')] as const;
const underTest = useLocalService({ callers });
let count = 0;
const newKey = () => `order-of-a-test-${++count}`;
const limitOrder = { market: 'chat-prime', type: 'limit', quantity: 2, price: '2.50' };

beforeEach(() => {
  underTest().service.exchange.admin.setBook({
    market: 'chat-prime',
    asks: [
      { price: '2.00', quantity: 1 },
      { price: '2.10', quantity: 50 },
    ],
  });
});

async function place(body: object | string, key = newKey()) {
  const answer = await underTest().service.api.placeOrder(key, body);
  return { ...answer, order: v.parse(orderAnswer, answer.body) };
}

describe('buying through the API', () => {
  it('sends a signed order once, records it before and after, and brings the Units', async () => {
    const { service } = underTest();
    expect(await service.api.get('/balances')).toMatchObject({
      status: 503,
      body: { code: 'balances-not-read' },
    });
    const { status, headers, order } = await place(limitOrder);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/orders/${order.id}`);
    expect(order).toMatchObject({
      state: 'OPEN',
      instrument: 'chat-prime',
      limitPrice: '2.50',
      reserved: '5.05',
    });

    await service.stack.fireSchedule();
    const shown = await service.api.get(`/orders/${order.id}`);
    expect(shown.body).toMatchObject({
      state: 'FILLED',
      filledQuantity: 2,
      averagePrice: '2.05',
      spent: '4.10',
      reserved: '0.00',
      history: [{ to: 'PENDING' }, { to: 'SUBMITTED' }, { to: 'OPEN' }, { to: 'FILLED' }],
    });
    const truth = service.exchange.admin.truth();
    expect(truth.orders.byClientId[order.id]).toEqual([order.exchangeOrderId]);
    expect(truth.conserved).toBe(true);

    const balances = await service.api.get('/balances');
    expect(balances).toMatchObject({
      status: 200,
      body: {
        readAt: expect.stringMatching(/^\d{4}-.*Z$/),
        consumption: [{ instrument: 'chat-prime' }],
        currency: [{ currency: 'USD', locked: '0.00' }],
      },
    });
  });

  it('answers the same key with the same order, in parallel too, and sends one POST', async () => {
    const key = newKey();
    const answers = await Promise.all([
      place(limitOrder, key),
      place(limitOrder, key),
      place(limitOrder, key),
    ]);
    const again = await place(limitOrder, key);
    expect(new Set([...answers, again].map(({ order }) => order.id)).size).toBe(1);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '201']);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(underTest().service.exchange.admin.truth().orders.byClientId[again.order.id]).toHaveLength(1);
  });

  it('refuses another order under the same key', async () => {
    const key = newKey();
    await place(limitOrder, key);
    const answer = await underTest().service.api.placeOrder(key, { ...limitOrder, quantity: 3 });
    expect(v.parse(problemAnswer, answer.body)).toMatchObject({
      status: 422,
      code: 'key-used-for-another-order',
    });
  });

  it('does not confuse the keys of two callers', async () => {
    const { stack } = underTest().service;
    const [, other] = callers;
    const key = newKey();
    const first = await place(limitOrder, key);
    const second = await createApiClient(stack.apiUrl, stack.region, other).placeOrder(key, limitOrder);
    expect(second.status).toBe(201);
    expect(v.parse(orderAnswer, second.body).id).not.toBe(first.order.id);
  });

  it('sends a market order as a limit order with a collar', async () => {
    const { order } = await place({ market: 'chat-prime', type: 'market', quantity: 2 });
    const sent = underTest()
      .service.exchange.admin.orders()
      .find((one) => one.clientOrderId === order.id);
    expect(sent).toMatchObject({ type: 'limit', price: '2.12', filled: 2 });
  });

  it('refuses a market order that the book cannot fill, and records nothing', async () => {
    const { exchange, api } = underTest().service;
    exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.60', quantity: 9 }] });
    const before = exchange.admin.truth().orders.accepted;
    const answer = await api.placeOrder(newKey(), { market: 'chat-prime', type: 'market', quantity: 1 });
    expect(v.parse(problemAnswer, answer.body)).toMatchObject({ status: 409, code: 'no-liquidity' });
    expect(exchange.admin.truth().orders.accepted).toBe(before);
  });

  it('says what the exchange refused, and does not try again', async () => {
    const { exchange, api } = underTest().service;
    const { available } = exchange.admin.money();
    exchange.admin.setUsd({ available: '1' });
    const key = newKey();
    const answer = await api.placeOrder(key, limitOrder);
    exchange.admin.setUsd({ available });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'order-refused',
      order: { state: 'REJECTED', reserved: '5.05' },
    });
    expect((await place(limitOrder, key)).order.state).toBe('REJECTED');
  });
});

describe('looking after orders', () => {
  it('cancels a resting order and shows what became of it', async () => {
    const { api, exchange } = underTest().service;
    const { order } = await place({ ...limitOrder, price: '1.00' });
    const cancelled = await api.delete(`/orders/${order.id}`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'CANCELLED' } });
    expect(exchange.admin.orders().find((one) => one.clientOrderId === order.id)).toMatchObject({
      live: false,
      locked: '0.00',
    });
    expect((await api.delete(`/orders/${order.id}`)).status).toBe(200);
  });

  it('records the fill when it is faster than the cancellation', async () => {
    const { api, exchange } = underTest().service;
    const { order } = await place({ ...limitOrder, price: '1.00' });
    exchange.admin.addFault({ endpoint: 'DELETE /orders/{id}', effect: { kind: 'fill-during-cancel' } });
    const answer = await api.delete(`/orders/${order.id}`);
    expect(answer.body).toMatchObject({ state: 'FILLED', filledQuantity: 2, spent: '2.00' });
    expect((await api.delete(`/orders/${order.id}`)).body).toMatchObject({ code: 'order-already-final' });
  });

  it('lists orders newest first, in pages and by state', async () => {
    const { api } = underTest().service;
    const keys = [newKey(), newKey(), newKey()];
    const placed: string[] = [];
    for (const key of keys) placed.push((await place({ ...limitOrder, price: '1.00' }, key)).order.id);

    const first = v.parse(orderListAnswer, (await api.get('/orders?limit=2')).body);
    expect(first.orders.map(({ id }) => id)).toEqual(placed.toReversed().slice(0, 2));
    const next = v.parse(orderListAnswer, (await api.get(`/orders?limit=2&cursor=${first.nextCursor}`)).body);
    expect(next.orders[0]?.id).toBe(placed[0]);
    const open = v.parse(orderListAnswer, (await api.get('/orders?state=OPEN&limit=100')).body);
    expect(open.orders.map(({ id }) => id)).toEqual(expect.arrayContaining(placed));
    expect(open.orders.every(({ state }) => state === 'OPEN')).toBe(true);
    for (const id of placed) await api.delete(`/orders/${id}`);
  });

  it('answers everything else that is asked wrongly with a problem document', async () => {
    const { api } = underTest().service;
    expect(v.parse(problemAnswer, (await api.get('/orders/g1a-nosuchorder')).body)).toMatchObject({
      code: 'unknown-order',
    });
    expect(v.parse(problemAnswer, (await api.delete('/orders/g1a-nosuchorder')).body)).toMatchObject({
      status: 404,
    });
    const nowhere = await api.get('/nowhere');
    expect([nowhere.status, nowhere.body]).toEqual([404, expect.objectContaining({ code: 'unknown-route' })]);
    const wrongMethod = await api.delete('/orders');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST, GET']);
    expect(wrongMethod.body).toMatchObject({ code: 'method-not-allowed' });
    const tooLarge = await api.checkNow({ market: 'x'.repeat(5_000) });
    expect([tooLarge.status, tooLarge.body]).toEqual([
      413,
      expect.objectContaining({ code: 'body-too-large' }),
    ]);
    for (const { headers } of [nowhere, wrongMethod, tooLarge])
      expect(headers.get('content-type')).toBe('application/problem+json');
    expect(v.parse(problemAnswer, (await api.get('/orders?cursor=bm9uc2Vuc2U')).body)).toMatchObject({
      code: 'invalid-request',
      errors: [{ field: 'cursor' }],
    });
  });

  it('lets nobody in without a signature', async () => {
    const { apiUrl } = underTest().service.stack;
    const answer = await fetch(`${apiUrl}/orders`);
    expect(answer.status).toBe(403);
  });
});
