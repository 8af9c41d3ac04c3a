import { describe, expect, it } from 'vitest';
import { marketId, openMarket } from './support/open-market.ts';

const unit = 100_000_000n;
const since = () => Date.now() - 60_000;

describe('the client and the simulated exchange', () => {
  it('place an order that is filled at the prices of the book', async () => {
    const { client, admin, buy } = await openMarket();
    const id = await buy('g1a-filled', 5n, 250_000_000n);
    expect(await client.getOrder(id)).toMatchObject({
      clientOrderId: 'g1a-filled',
      status: 'filled',
      quantity: 5n,
      filledQuantity: 5n,
      limitPrice: 250_000_000n,
    });
    const { rows, complete } = await client.listTrades(id);
    expect(complete).toBe(true);
    expect(rows.map(({ price, quantity }) => [price, quantity])).toEqual([
      [200_000_000n, 3n],
      [240_000_000n, 2n],
    ]);
    expect(admin.orders()).toHaveLength(1);
    expect(admin.badSignatures()).toEqual([]);
  });

  it('agree on the accounts before and after', async () => {
    const { client, buy } = await openMarket();
    const usdBefore = await client.getCurrencyAccounts();
    expect(usdBefore).toMatchObject([{ currency: 'usd', available: 100n * unit, locked: 0n }]);
    await buy('g1a-resting', 4n, 150_000_000n);
    expect(await client.getCurrencyAccounts()).toMatchObject([{ locked: expect.any(BigInt) }]);
    const [resting] = await client.getCurrencyAccounts();
    expect((resting?.locked ?? 0n) >= 6n * unit).toBe(true);
    expect((resting?.available ?? 0n) <= 94n * unit).toBe(true);
    await buy('g1a-filled', 3n, 200_000_000n);
    const { instrumentIds } = await client.getMarket(marketId);
    const held = await client.getConsumptionAccounts();
    const ours = held.filter((account) => instrumentIds.includes(account.instrumentId));
    expect(ours.map((account) => account.usable)).toEqual([3n * unit]);
    expect(Array.isArray(await client.getTradingAccounts())).toBe(true);
  });

  it('list the orders over several pages, completely', async () => {
    const { client, buy } = await openMarket({ modes: { pageSizeOverride: 3 } });
    const placed = new Set<string>();
    for (let at = 0; at < 7; at += 1) placed.add(await buy(`g1a-${at}`, 1n, 100_000_000n));
    const { orders, complete } = await client.scanOrders(since());
    expect(complete).toBe(true);
    expect(new Set(orders.map((order) => order.exchangeOrderId))).toEqual(placed);
    expect(orders.every((order) => order.status === 'live' && order.filledQuantity === 0n)).toBe(true);
  });

  it('cancel an order, and say so when it is cancelled already', async () => {
    const { client, buy } = await openMarket();
    const id = await buy('g1a-cancelled', 2n, 100_000_000n);
    expect(await client.cancelOrder(id)).toEqual({ kind: 'requested' });
    expect(await client.getOrder(id)).toMatchObject({ status: 'cancelled', filledQuantity: 0n });
    expect((await client.cancelOrder(id)).kind).not.toBe('requested');
  });

  it('agree on the book, the market and the limits', async () => {
    const { client } = await openMarket();
    const book = await client.getOrderBook(marketId);
    expect(book.asks.map(({ price, quantity }) => [price, quantity])).toEqual([
      [200_000_000n, 3n * unit],
      [240_000_000n, 7n * unit],
      [900_000_000n, 50n * unit],
    ]);
    expect(book.bids).toEqual([{ price: 150_000_000n, quantity: 4n * unit }]);
    expect(await client.getMarket(marketId)).toMatchObject({ marketId, isActive: true });
    expect((await client.listMarkets()).map((market) => market.marketId)).toContain(marketId);
    expect(await client.getAccountLimits(marketId)).toEqual({
      ordersPerSecond: expect.any(Number),
      ordersPerMinute: expect.any(Number),
    });
  });

  it('refuse an order that costs more than there is', async () => {
    const { client } = await openMarket();
    const order = {
      clientOrderId: 'g1a-dear',
      marketId,
      quantity: 50n,
      limitPrice: 9n * unit,
      sentType: 'limit' as const,
      timeInForce: 'gtc',
    } as const;
    const outcome = await client.sendOrder(await client.prepareOrder(order));
    expect(outcome.kind).not.toBe('accepted');
    expect(await client.getOrder('order_unknown')).toBeUndefined();
  });

  it('understand each other over the other path family as well', async () => {
    const { client, admin, buy } = await openMarket({ extraPrefix: '/v1' });
    const id = await buy('g1a-v1', 1n, 250_000_000n);
    expect(await client.getOrder(id)).toMatchObject({ status: 'filled' });
    expect(admin.badSignatures()).toEqual([]);
  });

  it('understand each other once the client learnt that its clock is off', async () => {
    const { client, buy, skew } = await openMarket({ clockOffMs: -120_000 });
    await expect(buy('g1a-early', 1n, 250_000_000n)).rejects.toThrow();
    await client.listMarkets();
    expect(Math.abs(skew.offset - 120_000)).toBeLessThan(5_000);
    expect(await buy('g1a-late', 1n, 250_000_000n)).toMatch(/^order_/);
  });
});
