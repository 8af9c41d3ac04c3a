import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collarPrice } from '../../../shared/orders/collar.ts';
import { usd } from '../../support/sample-order.ts';

const limits = { maximumPrice: usd('2.50'), slippageBasisPoints: 100n, priceTick: usd('0.01') };
const level = (price: string, units: bigint) => ({ price: usd(price), quantity: units * 100_000_000n });

describe('the collar of a market order', () => {
  it('is the worst level needed plus the slippage, rounded down to the tick', () => {
    const book = { bids: [], asks: [level('2.00', 3n), level('2.05', 10n)] };
    expect(collarPrice(book, 3n, limits)).toBe(usd('2.02'));
    expect(collarPrice(book, 4n, limits)).toBe(usd('2.07'));
  });

  it('never exceeds the maximum price', () => {
    expect(collarPrice({ bids: [], asks: [level('2.49', 5n)] }, 5n, limits)).toBe(usd('2.50'));
  });

  it('may take a level at the maximum price itself, and none above it even if that would round down', () => {
    expect(collarPrice({ bids: [], asks: [level('2.50', 5n)] }, 5n, limits)).toBe(usd('2.50'));
    expect(collarPrice({ bids: [], asks: [level('2.505', 5n)] }, 5n, limits)).toBeUndefined();
  });

  it('does not exist when the book is too thin or too dear', () => {
    expect(collarPrice({ bids: [], asks: [] }, 1n, limits)).toBeUndefined();
    expect(collarPrice({ bids: [], asks: [level('2.00', 1n)] }, 2n, limits)).toBeUndefined();
    expect(
      collarPrice({ bids: [], asks: [level('2.00', 1n), level('2.51', 9n)] }, 2n, limits),
    ).toBeUndefined();
  });

  it('does not exist when the tick would round it below what it needs, or to nothing', () => {
    expect(collarPrice({ bids: [], asks: [level('0.005', 1n)] }, 1n, limits)).toBeUndefined();
    expect(collarPrice({ bids: [], asks: [level('0.015', 1n)] }, 1n, limits)).toBeUndefined();
  });

  it('always lies between the worst level needed and the maximum price', () => {
    const asks = fc.array(
      fc.record({ price: fc.integer({ min: 1, max: 300 }), units: fc.integer({ min: 1, max: 20 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 60 }), (rows, quantity) => {
        const book = {
          bids: [],
          asks: rows
            .toSorted((a, b) => a.price - b.price)
            .map(({ price, units }) => ({
              price: BigInt(price) * 1_000_000n,
              quantity: BigInt(units) * 100_000_000n,
            })),
        };
        const price = collarPrice(book, BigInt(quantity), limits);
        const depth = (cap: bigint) =>
          book.asks.filter((ask) => ask.price <= cap).reduce((sum, ask) => sum + ask.quantity, 0n);
        const wanted = BigInt(quantity) * 100_000_000n;
        if (price === undefined) expect(depth(limits.maximumPrice) < wanted).toBe(true);
        else expect(price <= limits.maximumPrice && depth(price) >= wanted).toBe(true);
      }),
    );
  });
});
