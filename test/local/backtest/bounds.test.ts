import { describe, expect, it } from 'vitest';
import { stepsPerUnit } from '../../../local/backtest/amounts.ts';
import { boundsOf } from '../../../local/backtest/bounds/clairvoyant.ts';
import { demandOf } from '../../../local/backtest/demand/demand.ts';
import { regimeDemand } from '../../../local/backtest/demand/regimes.ts';
import { openMarket } from '../../../local/backtest/market/markets.ts';
import { flatBook } from './support.ts';

function demandIn(minutes: Readonly<Record<number, number>>) {
  const units = new Float64Array(2880);
  for (const [minute, used] of Object.entries(minutes)) units[Number(minute)] = used;
  return demandOf('test', units);
}

describe('who knows the demand', () => {
  it('buys a whole Unit when it is needed, and uses what is left of it within four hours', () => {
    const book = flatBook(2880);
    book.ask[1500] = 210;
    book.ask[1739] = 300;
    book.ask[1740] = 220;
    // 0.5 of a Unit at 2.10, the next 0.25 from its rest; a new Unit at 2.20 once that has expired.
    const bounds = boundsOf(demandIn({ 1500: 0.5, 1739: 0.25, 1740: 0.25 }), book);
    expect(bounds.justInTime).toBeCloseTo((210 + 220) / 1, 9);
    expect(bounds.justInTimeBought).toBe(2 * stepsPerUnit);
    expect(bounds.justInTimeExpired, 'a quarter of the first, three of the second').toBe(1 * stepsPerUnit);
  });

  it('buys as many Units as a minute needs at the best ask, whatever the depth', () => {
    const { justInTime } = boundsOf(demandIn({ 1500: 99.5 }), flatBook(2880, 1));
    expect(justInTime).toBeCloseTo((100 * 200) / 99.5, 9);
  });

  it('does not pay for the first day', () => {
    expect(boundsOf(demandIn({ 100: 5, 1500: 1 }), flatBook(2880)).justInTime).toBeCloseTo(200, 9);
  });

  it('has no bound without any demand', () => {
    expect(boundsOf(demandIn({}), flatBook(2880))).toMatchObject({
      justInTime: undefined,
      cheapest: undefined,
    });
  });
});

describe('who knows the prices as well', () => {
  it('pays the cheapest ask of the four hours before', () => {
    const book = flatBook(2880);
    book.ask[1500] = 150;
    const { cheapest } = boundsOf(demandIn({ 1499: 1, 1500: 1, 1739: 1, 1740: 1 }), book);
    expect(cheapest).toBeCloseTo((200 + 150 + 150 + 200) / 4, 9);
  });

  it('never pays more', () => {
    for (const seed of [1, 2, 3]) {
      const demand = regimeDemand('onoff', 60, seed, 3);
      const { justInTime, cheapest } = boundsOf(demand, openMarket('calm', seed, demand.steps.length));
      expect(cheapest).toBeGreaterThan(100);
      expect(cheapest).toBeLessThan(justInTime ?? 0);
    }
  });
});
