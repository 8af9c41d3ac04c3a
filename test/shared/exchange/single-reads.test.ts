import { describe, expect, it } from 'vitest';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith } from './support/client-tools.ts';
import { headersSign } from './support/verify-headers.ts';

const order = { order_id: 'order_1', quantity: 2, filled_quantity: 2, status: 'closed' };

describe('an order that is looked up', () => {
  it('is read by its id', async () => {
    const { transport, requests } = scriptedTransport(answer(200, { data: order }));
    expect(await clientWith({ transport }).getOrder('order_1')).toMatchObject({ status: 'filled' });
    expect(requests[0]?.target).toBe('/api/v1/trading/orders/order_1');
  });

  it('is missing when the exchange does not know it, or not yet', async () => {
    const { transport } = scriptedTransport(answer(404, { errors: { detail: 'Not Found' } }));
    expect(await clientWith({ transport }).getOrder('order_1')).toBeUndefined();
  });

  it.each([401, 403, 422, 307])('is not taken for missing on a %d', async (status) => {
    const { transport } = scriptedTransport(answer(status));
    await expect(clientWith({ transport }).getOrder('order_1')).rejects.toMatchObject({ status });
  });

  it.each([{ data: { ...order, order_id: 'order_2' } }, { data: [order] }, { data: null }, {}, { data: {} }])(
    'is not read from %j',
    async (body) => {
      const { transport } = scriptedTransport(answer(200, body));
      await expect(clientWith({ transport }).getOrder('order_1')).rejects.toMatchObject({
        kind: 'unreadable',
      });
    },
  );
});

describe('what is read of a market', () => {
  it('is its book, to a depth of a hundred, by a signature without the query', async () => {
    const body = { data: { sell: [{ price: '2.5', quantity: 1 }], buy: [] } };
    const { transport, requests } = scriptedTransport(answer(200, body));
    const book = await clientWith({ transport }).getOrderBook('market/1');
    expect(book).toEqual({ asks: [{ price: 250_000_000n, quantity: 100_000_000n }], bids: [] });
    const path = '/api/v1/trading/markets/market%2F1/orderbook';
    expect(requests[0]?.target).toBe(`${path}?depth=100`);
    expect(headersSign(requests[0]?.headers ?? {}, { method: 'GET', path, body: '' })).toBe(true);
  });

  it('is the market itself', async () => {
    const { transport } = scriptedTransport(answer(200, { data: { market_id: 'm', status: 'active' } }));
    expect(await clientWith({ transport }).getMarket('m')).toMatchObject({ marketId: 'm', isActive: true });
  });

  it('is what the account may send there', async () => {
    const body = { data: { order_rate_limits: { max_orders_per_second: 7 } } };
    const { transport, requests } = scriptedTransport(answer(200, body));
    expect(await clientWith({ transport }).getAccountLimits('m&1')).toMatchObject({ ordersPerSecond: 7 });
    expect(requests[0]?.target).toBe('/api/v1/trading/account/limits?market_id=m%261');
  });

  it('is named in an error without its id', async () => {
    const { transport } = scriptedTransport(answer(404));
    const failure = clientWith({ transport }).getOrderBook('market_1');
    await expect(failure).rejects.toMatchObject({ kind: 'not-found', resource: 'markets' });
  });
});

describe('every read', () => {
  it('is a GET for JSON without a body, on a connection that may be kept', async () => {
    const { transport, requests } = scriptedTransport(answer(200, { data: [] }));
    await clientWith({ transport }).listMarkets();
    expect(requests[0]).toMatchObject({
      method: 'GET',
      reuseConnection: true,
      headers: { accept: 'application/json' },
    });
    expect(requests[0]).not.toHaveProperty('body');
  });

  it('goes to the path prefix that is configured', async () => {
    const { transport, requests } = scriptedTransport(answer(200, { data: [] }));
    const endpoint = { url: new URL('http://127.0.0.1'), pathPrefix: '/v1' };
    await clientWith({ transport, endpoint }).listMarkets();
    expect(requests[0]?.target).toBe('/v1/markets?limit=100');
    expect(headersSign(requests[0]?.headers ?? {}, { method: 'GET', path: '/v1/markets', body: '' })).toBe(
      true,
    );
  });
});
