import { describe, expect, it } from 'vitest';
import type { ModesChange } from '../../../local/exchange/modes.ts';
import { marketId, openMarket } from './support/open-market.ts';

const unit = 100_000_000n;

describe('the client understands an exchange', () => {
  it.each<ModesChange>([
    { createStatus: 200, quantityOutput: 'string', openStatusWord: 'open' },
    { createStatus: 202, openStatusWord: 'pending', orderBookShape: 'bids-asks' },
    { orderBookShape: 'tuples', cancelStatus: 200 },
    { quantityInput: 'integer', errorEnvelope: 'error.code' },
    { balanceFields: 'uncommitted', balanceEncoding: 'number' },
    { balanceFields: 'both', balanceEncoding: 'string', errorEnvelope: 'bare' },
  ])('of the modes %j', async (modes) => {
    const { client, buy } = await openMarket({ modes });
    const filled = await buy('g1a-filled', 3n, 200_000_000n);
    const resting = await buy('g1a-resting', 2n, 100_000_000n);
    expect(await client.getOrder(filled)).toMatchObject({ status: 'filled', filledQuantity: 3n });
    expect(await client.getOrder(resting)).toMatchObject({ status: 'live', filledQuantity: 0n });
    const [best] = (await client.getOrderBook(marketId)).asks;
    expect(best).toEqual({ price: 240_000_000n, quantity: 7n * unit });
    expect((await client.getConsumptionAccounts()).map((one) => one.usable)).toContain(3n * unit);
    expect(await client.cancelOrder(resting)).toEqual({ kind: 'requested' });
  });

  it('of which it reads the total because Units are committed on arrival', async () => {
    const { client, buy } = await openMarket({ modes: { balanceFields: 'committed' } });
    await buy('g1a-filled', 3n, 200_000_000n);
    const accounts = await client.getConsumptionAccounts();
    expect(accounts).toContainEqual(expect.objectContaining({ usable: 0n, total: 3n * unit }));
  });

  it('that hides its balances as one whose balances cannot be read', async () => {
    const { client, buy } = await openMarket({ modes: { balanceFields: 'missing' } });
    await buy('g1a-filled', 3n, 200_000_000n);
    await expect(client.getConsumptionAccounts()).rejects.toMatchObject({ kind: 'unreadable' });
  });
});

describe('a scan of seven orders, three on a page', () => {
  it.each<[NonNullable<ModesChange['paging']>, boolean]>([
    ['cursor', true],
    ['offset', true],
    ['null-cursor', false],
    ['stuck-cursor', false],
    ['repeating', true],
  ])('from an exchange with %s paging is complete: %s', async (paging, isComplete) => {
    const { client, buy } = await openMarket({ modes: { paging, pageSizeOverride: 3 } });
    const placed: string[] = [];
    for (let at = 0; at < 7; at += 1) placed.push(await buy(`g1a-${at}`, 1n, 100_000_000n));
    const { orders, complete } = await client.scanOrders(Date.now() - 60_000);
    const found = orders.map((order) => order.exchangeOrderId);
    expect(complete).toBe(isComplete);
    expect(new Set(found).size).toBe(found.length);
    expect(new Set(found).isSubsetOf(new Set(placed))).toBe(true);
    if (isComplete) expect(found).toHaveLength(placed.length);
  });
});
