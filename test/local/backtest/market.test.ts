import { describe, expect, it } from 'vitest';
import { openMarket } from '../../../local/backtest/market/markets.ts';
import { bookLevels } from '../../../local/backtest/market/order-book.ts';

const fortnight = 20_160;

function shareAbove(asks: Int32Array, cents: number): number {
  return asks.filter((ask) => ask > cents).length / asks.length;
}

describe('the market', () => {
  it('is seldom above 2.50 USD when calm, and a fifth of the time when tight', () => {
    const share = (kind: 'calm' | 'tight') =>
      [1, 2, 3, 4].reduce((sum, seed) => sum + shareAbove(openMarket(kind, seed, fortnight).ask, 250), 0) / 4;
    expect(share('calm')).toBeLessThan(0.03);
    expect(share('tight')).toBeGreaterThan(0.12);
    expect(share('tight')).toBeLessThan(0.35);
  });

  it('always has a bid below the ask, and something on offer at every level', () => {
    const { bid, ask, depth } = openMarket('calm', 7, fortnight);
    expect(bid.every((price, minute) => price > 0 && price < (ask[minute] ?? 0))).toBe(true);
    expect(depth).toHaveLength(fortnight * bookLevels);
    expect(depth.every((units) => units > 0)).toBe(true);
  });

  it('has a spread of about 1.5 % and sellers in three minutes of five', () => {
    const { bid, ask, sellFlow } = openMarket('calm', 7, fortnight);
    const spread = ask.reduce((sum, price, minute) => sum + price - (bid[minute] ?? 0), 0);
    expect(spread / ask.reduce((sum, price) => sum + price, 0)).toBeCloseTo(0.016, 2);
    expect(sellFlow.filter((units) => units > 0).length / fortnight).toBeCloseTo(0.6, 1);
  });

  it('is the same for the same seed, and begins the same however long it lasts', () => {
    const long = openMarket('tight', 3, 3000);
    expect(openMarket('tight', 3, 3000)).toEqual(long);
    expect(openMarket('tight', 3, 1000).ask).toEqual(long.ask.slice(0, 1000));
    expect(openMarket('tight', 4, 3000).ask).not.toEqual(long.ask);
  });
});
