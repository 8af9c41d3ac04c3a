import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stock } from '../../../local/backtest/simulate/stock.ts';

describe('the stock', () => {
  it('loses a lot four hours after its arrival, and not a minute earlier', () => {
    const stock = new Stock();
    const expired = new Map<number, number>();
    for (let minute = 0; minute <= 250; minute += 1) {
      const gone = stock.expire(minute);
      if (gone > 0) expired.set(minute, gone);
      if (minute === 7) stock.add(minute, 5);
    }
    expect([...expired]).toEqual([[247, 5]]);
    expect(stock.balance).toBe(0);
  });

  it('uses the oldest lot first', () => {
    const stock = new Stock();
    stock.expire(0);
    stock.add(0, 3);
    stock.expire(1);
    stock.add(1, 4);
    expect(stock.use(1, 5)).toBe(5);
    for (let minute = 2; minute < 240; minute += 1) stock.expire(minute);
    expect(stock.expire(240), 'of the first lot nothing was left').toBe(0);
    expect(stock.expire(241), 'of the second two').toBe(2);
  });

  it('serves what there is and no more', () => {
    const stock = new Stock();
    stock.expire(0);
    stock.add(0, 2);
    expect(stock.use(0, 5)).toBe(2);
    stock.add(0, 1);
    expect(stock.use(0, 5), 'Units that arrive later in a minute are there').toBe(1);
  });

  it('does what a list of lots does', () => {
    const minute = fc.record({ add: fc.nat(5), use: fc.nat(6) });
    fc.assert(
      fc.property(fc.array(minute, { minLength: 1, maxLength: 700 }), (minutes) => {
        const stock = new Stock();
        let lots: { until: number; left: number }[] = [];
        for (const [now, { add, use }] of minutes.entries()) {
          const gone = lots.filter(({ until }) => until <= now).reduce((sum, { left }) => sum + left, 0);
          expect(stock.expire(now)).toBe(gone);
          lots = lots.filter(({ until }) => until > now);
          stock.add(now, add);
          lots.push({ until: now + 240, left: add });
          let rest = use;
          for (const lot of lots) {
            const taken = Math.min(lot.left, rest);
            lot.left -= taken;
            rest -= taken;
          }
          expect(stock.use(now, use)).toBe(use - rest);
          expect(stock.balance).toBe(lots.reduce((sum, { left }) => sum + left, 0));
        }
      }),
      { numRuns: 50 },
    );
  });
});
