import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd } from '../../../../shared/ledger/decimal.ts';
import {
  type BestPrices,
  noMarketMemory,
  rememberMarket,
} from '../../../../shared/top-up/policy/market-memory.ts';
import { patientPrice, urgentPrice } from '../../../../shared/top-up/policy/pricing.ts';
import {
  affordableUnits,
  bidPrice,
  purchaseBounds,
} from '../../../../shared/top-up/policy/purchase-bounds.ts';
import { minute, stage } from './support/observations.ts';

const bounds = purchaseBounds(stage, null);
const book = { bid: 1.98, ask: 2.02 };
/** What is remembered of looks at a book, by the minute at which each was taken. */
function looks(taken: readonly (readonly [minute: number, prices: BestPrices])[]) {
  return taken.reduce(
    (memory, [at, prices]) => rememberMarket(memory, prices, at * minute, 240),
    noMarketMemory(0),
  );
}
const every = (minutes: number, prices: BestPrices, until = 300) =>
  Array.from({ length: until / minutes }, (_, index) => [(index + 1) * minutes, prices] as const);
const memory = looks(every(1, book));
const patient = (plenty: number, prices: { bid: number | undefined; ask: number | undefined } = book) => {
  const price = patientPrice(prices, memory, plenty, bounds);
  return price === undefined ? undefined : formatUsd(price);
};

describe('the price of a patient order', () => {
  it('is inside the spread with little stock and lower with plenty', () => {
    expect([patient(0), patient(0.5), patient(1)]).toEqual(['1.99', '1.98', '1.97']);
  });

  it('does not follow a bid that is low for a minute', () => {
    expect(patient(0, { bid: 1.9, ask: 2.1 })).toBe('1.99');
  });

  it('never crosses, never passes the maximum, and goes by one side of the book where it must', () => {
    expect(patient(0, { bid: 2.01, ask: 2.02 })).toBe('2.00');
    expect(patient(0, { bid: 2.9, ask: 3 })).toBe('2.50');
    expect(patient(0, { bid: undefined, ask: 2.02 })).toBe('2.01');
    expect(patient(0, { bid: 1.98, ask: undefined })).toBe('1.99');
    expect(patient(0, { bid: undefined, ask: undefined })).toBeUndefined();
  });
});

describe('the price of an urgent order', () => {
  it('is the maximum, and the emergency price only when the ask is dearer', () => {
    const emergency = purchaseBounds({ ...stage, emergencyPrice: '5.00' }, null);
    expect(formatUsd(urgentPrice(book, emergency))).toBe('2.50');
    expect(formatUsd(urgentPrice({ bid: 2.4, ask: 2.51 }, emergency))).toBe('5.00');
    expect(formatUsd(urgentPrice({ bid: 2.4, ask: 2.51 }, bounds))).toBe('2.50');
  });
});

describe('bounds', () => {
  it('allow nothing where they cannot be read', () => {
    expect(affordableUnits(2n, purchaseBounds(stage, 'a lot'))).toBe(0);
    expect(purchaseBounds({ ...stage, maximumPrice: '' }, null).maximumPrice).toBe(0n);
  });

  it('pay for as many Units as their cost with fees allows, exactly', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 12n),
        fc.bigInt(1n, 10n ** 10n),
        fc.nat(1_000),
        (budget, price, fees) => {
          const some = { ...bounds, budget, feeBasisPoints: BigInt(fees) };
          const units = affordableUnits(price, some);
          const cost = (count: number) => BigInt(count) * price * (10_000n + some.feeBasisPoints);
          expect(cost(units)).toBeLessThanOrEqual(budget * 10_000n);
          expect(cost(units + 1)).toBeGreaterThan(budget * 10_000n);
        },
      ),
    );
  });

  it('make a bid a multiple of the tick, not above the highest', () => {
    const coarse = { ...bounds, tick: 5_000_000n };
    expect(bidPrice(1.97, 250_000_000n, coarse)).toBe(195_000_000n);
    expect(bidPrice(0.001, 250_000_000n, coarse)).toBe(5_000_000n);
    expect(bidPrice(9, 250_000_000n, coarse)).toBe(250_000_000n);
  });
});

describe('the memory of the market', () => {
  const wide = { bid: 1.9, ask: 2.1 };

  it('is the same after rare looks at a steady book as after many', () => {
    for (const minutes of [1, 5, 20, 60]) {
      expect(looks(every(minutes, book)).halfSpread).toBeCloseTo(0.02, 12);
      expect(looks(every(minutes, book)).minutes).toBe(300);
    }
  });

  it('gives a look the weight of the time since the one before it', () => {
    const minutely = looks([
      ...every(1, book),
      ...every(1, wide, 20).map(([at]) => [300 + at, wide] as const),
    ]);
    const once = looks([...every(1, book), [320, wide]]);
    expect(once.halfSpread).toBeCloseTo(minutely.halfSpread, 12);
    expect(looks([...every(1, book), [301, wide]]).halfSpread).toBeLessThan(once.halfSpread);
  });

  it('leaves the time in which no book was seen to the next that is', () => {
    const unseen = { bid: undefined, ask: 2.1 };
    expect(looks([...every(1, book), [305, unseen], [320, wide]])).toEqual(
      looks([...every(1, book), [320, wide]]),
    );
  });

  it('goes on after a clock that went back', () => {
    const back = looks([...every(1, book), [100, wide]]);
    expect(back).toEqual({ ...memory, at: 100 * minute });
    expect(rememberMarket(back, wide, 101 * minute, 240).halfSpread).toBeGreaterThan(memory.halfSpread);
  });
});
