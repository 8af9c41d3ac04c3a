import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Arrivals,
  followArrivals,
  type Reading,
  unitsOnTheWay,
} from '../../../shared/top-up/arrivals.ts';
import { usd as units } from '../../support/sample-order.ts';

const minute = 60_000;
const rules = { balanceLagMs: 45_000 };

/** Readings a minute apart; what is left out stays as it was. */
function follow(...readings: readonly Partial<Reading>[]): Arrivals {
  let reading: Reading = { at: 0, usable: 0n, count: undefined, waiting: 0n, bought: 0n };
  let arrivals: Arrivals | undefined;
  for (const [index, change] of readings.entries()) {
    reading = { ...reading, at: index * minute, ...change };
    arrivals = followArrivals(arrivals, reading, rules);
  }
  if (arrivals === undefined) throw new Error('no readings');
  return arrivals;
}

const onTheWay = (...readings: readonly Partial<Reading>[]) => unitsOnTheWay(follow(...readings));

describe('following Units into the balance', () => {
  it('takes everything as arrived at first', () => {
    expect(onTheWay({ bought: units('50'), count: units('40') })).toBe(0n);
  });

  it('has them on their way until the exchange has counted them in', () => {
    const counted = { count: units('100'), usable: units('1') };
    expect(onTheWay(counted, { bought: units('10') })).toBe(units('10'));
    expect(onTheWay(counted, { bought: units('10') }, {}, {}, {}, {})).toBe(units('10'));
    expect(onTheWay(counted, { bought: units('10') }, { count: units('106') })).toBe(units('4'));
    expect(onTheWay(counted, { bought: units('10') }, { count: units('110') })).toBe(0n);
  });

  it('knows purchases that were counted in before we saw them filled', () => {
    const counted = { count: units('100') };
    expect(onTheWay(counted, { count: units('110') }, { bought: units('10') })).toBe(0n);
    expect(onTheWay(counted, { count: units('110') }, { bought: units('16') })).toBe(units('6'));
  });

  it('forgets what came from elsewhere after ten minutes', () => {
    const foreign = [{ count: units('100') }, { count: units('110') }];
    const quiet = Array.from({ length: 9 }, () => ({}));
    expect(onTheWay(...foreign, ...quiet, { bought: units('10') })).toBe(units('10'));
  });

  it('has them on their way for the configured lag where nothing is counted', () => {
    expect(onTheWay({}, { bought: units('10') })).toBe(units('10'));
    expect(onTheWay({}, { bought: units('10') }, { at: minute + 44_999 })).toBe(units('10'));
    expect(onTheWay({}, { bought: units('10') }, { at: minute + 45_000 })).toBe(0n);
  });

  describe('with a count that stands still while the balance has risen', () => {
    const bought = { bought: units('10') };
    const risen = [{ count: units('100'), usable: units('1') }, bought, { usable: units('11') }];

    it('believes it until what is missing must have been counted', () => {
      const early = follow(...risen, { at: 13 * minute }, { at: 25 * minute - 1 });
      expect([early.countIsWrong, unitsOnTheWay(early)]).toEqual([false, units('10')]);
      const late = follow(...risen, { at: 13 * minute }, { at: 25 * minute });
      expect([late.countIsWrong, unitsOnTheWay(late)]).toEqual([true, 0n]);
    });

    it('does not take for missing what the trading account may not show yet', () => {
      const soon = follow(...risen, { at: 13 * minute - 1 }, { at: 25 * minute - 1 });
      expect(soon.countIsWrong).toBe(false);
    });

    it('believes it while the Units wait in the trading account, in whatever order balances are read', () => {
      const waits = [...risen, { waiting: units('10') }, { usable: units('1') }, { usable: units('11') }];
      const waited = follow(...waits, { at: 60 * minute }, { at: 90 * minute });
      expect([waited.countIsWrong, unitsOnTheWay(waited)]).toEqual([false, units('10')]);
    });

    it('misses what has left the trading account anew after it was seen there', () => {
      const left = { waiting: units('9') };
      const seen = [...risen, { at: 13 * minute }, { at: 20 * minute, waiting: units('10') }];
      expect(follow(...seen, { at: 25 * minute, ...left }).countIsWrong).toBe(false);
      expect(follow(...seen, { at: 25 * minute, ...left }, { at: 37 * minute }).countIsWrong).toBe(true);
    });

    it('misses nothing once it has moved', () => {
      const moved = follow(...risen, { at: 13 * minute }, { at: 20 * minute, count: units('104') });
      expect(moved.missingSince).toBeUndefined();
    });

    it('believes it where the balance has not risen: Units may take long', () => {
      const quiet = [{ count: units('100'), usable: units('1') }, bought];
      expect(follow(...quiet, { at: 13 * minute }, { at: 60 * minute }).countIsWrong).toBe(false);
    });
  });

  it('does not hold a rise against a count that moved, or that had nothing to be compared with', () => {
    const bought = { bought: units('10') };
    const moved = [{ count: 1n }, bought, { usable: units('10') }, { count: units('4') }];
    const later = [{ at: 20 * minute }, { at: 40 * minute }];
    expect(follow(...moved, ...later).countIsWrong).toBe(false);
    const uncounted = [{}, bought, { usable: units('10'), count: 0n }];
    expect(follow(...uncounted, ...later).countIsWrong).toBe(false);
  });

  it('has on their way again what an older reading of the balance does not show', () => {
    const counted = { count: units('100'), usable: units('1') };
    const arrived = [counted, { bought: units('10') }, { count: units('110'), usable: units('11') }];
    expect(onTheWay(...arrived)).toBe(0n);
    expect(onTheWay(...arrived, counted)).toBe(units('10'));
    expect(onTheWay(...arrived, counted, { count: units('110'), usable: units('11') })).toBe(0n);
    expect(onTheWay(...arrived, counted, { count: units('110'), bought: units('13') })).toBe(units('3'));
  });

  it('does not hold it against the count that an older reading was higher', () => {
    const before = { count: units('100'), usable: units('20') };
    const readings = [before, { count: units('110'), usable: units('5') }, before];
    expect(follow(...readings).countIsWrong).toBe(false);
    expect(follow(...readings, { count: units('110'), usable: units('5') }).countIsWrong).toBe(false);
  });

  it('gives up after four hours: what came later would have expired', () => {
    const counted = { count: units('100') };
    expect(onTheWay(counted, { bought: units('10') }, { at: 240 * minute })).toBe(units('10'));
    expect(onTheWay(counted, { bought: units('10') }, { at: 241 * minute })).toBe(0n);
  });

  it('never has more on the way than was bought, nor less than was bought and not counted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ bought: fc.nat(20), arrives: fc.nat(20) }), { maxLength: 40 }),
        (steps) => {
          let [bought, count] = [0n, 0n];
          const readings = steps.map((step) => {
            bought += BigInt(step.bought) * 100_000_000n;
            const arrives = BigInt(step.arrives) * 100_000_000n;
            count = count + arrives < bought ? count + arrives : bought;
            return { bought, count };
          });
          // Everything that is bought is counted in later, never earlier.
          const way = onTheWay({ bought: 0n, count: 0n }, ...readings);
          expect(way).toBe(bought - count);
        },
      ),
    );
  });
});
