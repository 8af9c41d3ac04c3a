import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsPerUnit } from '../../../local/backtest/amounts.ts';
import { minutesPerDay } from '../../../local/backtest/calendar.ts';
import { demandOf } from '../../../local/backtest/demand/demand.ts';
import { openMarket } from '../../../local/backtest/market/markets.ts';
import { policies } from '../../../local/backtest/policies/catalogue.ts';
import { createRandom } from '../../../local/backtest/random.ts';
import { type Conditions, usualConditions } from '../../../local/backtest/simulate/conditions.ts';
import { simulate } from '../../../local/backtest/simulate/simulate.ts';
import { tries } from '../../support/thorough.ts';

const days = 3;
/** The first is for learning, and not counted. */
const countedDays = days - 1;

/** What may be bought in a day beyond half as much again as is asked for: two Units in a lot's life. */
const fewUnitsPerDay = 12;

describe('an account whose balance may lag, be rounded, or be looked at too seldom', () => {
  it.each(['adaptive', 'safe', 'thrifty', 'marketable'] as const)(
    'is bought not much more for than it uses by %s',
    (policy) => {
      fc.assert(
        fc.property(fc.noShrink(fc.integer({ min: 1, max: 2 ** 31 - 1 })), (seed) => {
          const { bought, demand } = run(policy, seed);
          expect(bought).toBeLessThanOrEqual(1.5 * demand + fewUnitsPerDay * countedDays);
        }),
        { numRuns: tries(8, 500) },
      );
    },
  );
});

/** What was bought and wanted in Units. All of a run follows from its seed. */
function run(policy: keyof typeof policies, seed: number): { bought: number; demand: number } {
  const { fraction } = createRandom(seed);
  const demand = demandOf('random', randomDemand(fraction));
  const conditions = randomConditions(fraction);
  const book = openMarket(fraction() < 0.5 ? 'calm' : 'tight', seed, demand.steps.length);
  const tally = simulate({ demand, book, conditions, buyer: policies[policy].startBuyer(conditions) });
  return { bought: tally.bought / stepsPerUnit, demand: tally.demand / stepsPerUnit };
}

/** Stretches of idleness, of steady use and of use now and then, on an account of any size. */
function randomDemand(fraction: () => number): Float64Array {
  const units = new Float64Array(days * minutesPerDay);
  const scale = [0.02, 0.2, 1, 5][Math.floor(4 * fraction())] ?? 1;
  for (let start = 0; start < units.length; ) {
    const end = start + 1 + Math.floor(600 * fraction() * fraction());
    const kind = fraction();
    const rate = kind < 0.35 ? 0 : 2 * scale * fraction();
    const share = kind < 0.8 ? 1 : fraction();
    for (let minute = start; minute < Math.min(end, units.length); minute += 1) {
      units[minute] = fraction() < share ? rate * (0.5 + fraction()) : 0;
    }
    start = end;
  }
  return units;
}

/** Balances of up to twenty minutes ago, whole ones, late deliveries, lost reviews and rare ones, alone and together. */
function randomConditions(fraction: () => number): Conditions {
  return {
    ...usualConditions,
    balanceLag: Math.floor(21 * fraction()),
    wholeBalances: fraction() < 0.4,
    deliveryDelay: fraction() < 0.5 ? 0 : Math.floor(11 * fraction()),
    lostReviews: fraction() < 0.5 ? 0.01 : 0.3 * fraction(),
    reviewEvery: fraction() < 0.6 ? 1 : 1 + Math.floor(7 * fraction()),
    wakesUp: fraction() < 0.5,
  };
}
