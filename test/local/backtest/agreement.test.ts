import { describe, expect, it } from 'vitest';
import { type RegimeName, regimeDemand } from '../../../local/backtest/demand/regimes.ts';
import { type MarketKind, openMarket } from '../../../local/backtest/market/markets.ts';
import { type PolicyName, policies } from '../../../local/backtest/policies/catalogue.ts';
import { runBacktest } from '../../../local/backtest/run-backtest.ts';

interface Example {
  readonly demand: readonly [regime: RegimeName, unitsPerDay: number, seed: number];
  readonly market: readonly [kind: MarketKind, seed: number];
  readonly policy: PolicyName;
  readonly spentCents: number;
  readonly used: number;
  readonly expired: number;
  readonly outMinutes: number;
  readonly cappedMinutes: number;
  readonly orders: number;
  readonly justInTime: number;
  readonly cheapest: number;
}

/**
 * What a second implementation of the same market, regimes and policies gives, written by others and in floating point.
 * Of the usual failures, only the lost reviews; and at the best bid others always come first.
 */
const examples: readonly Example[] = [
  {
    demand: ['steady', 12, 201],
    market: ['calm', 1],
    policy: 'script-limit',
    spentCents: 207921,
    used: 156.461343,
    expired: 833.374154,
    outMinutes: 20,
    cappedMinutes: 20,
    orders: 99,
    justInTime: 2.00338,
    cheapest: 1.899465,
  },
  {
    demand: ['steady', 12, 201],
    market: ['calm', 1],
    policy: 'auto-mode',
    spentCents: 41484,
    used: 156.57043,
    expired: 51.158913,
    outMinutes: 0,
    cappedMinutes: 0,
    orders: 104,
    justInTime: 2.00338,
    cheapest: 1.899465,
  },
  {
    demand: ['bursty', 60, 202],
    market: ['tight', 2],
    policy: 'script-limit',
    spentCents: 2273529,
    used: 679.096658,
    expired: 8469.938287,
    outMinutes: 691,
    cappedMinutes: 689,
    orders: 915,
    justInTime: 2.401589,
    cheapest: 2.275453,
  },
  {
    demand: ['bursty', 60, 202],
    market: ['tight', 2],
    policy: 'script-market',
    spentCents: 277786,
    used: 721.9054,
    expired: 437.096033,
    outMinutes: 0,
    cappedMinutes: 0,
    orders: 116,
    justInTime: 2.401589,
    cheapest: 2.275453,
  },
  {
    demand: ['onoff', 240, 201],
    market: ['calm', 3],
    policy: 'script-netted',
    spentCents: 723014,
    used: 3241.066967,
    expired: 389.085795,
    outMinutes: 0,
    cappedMinutes: 0,
    orders: 363,
    justInTime: 1.986013,
    cheapest: 1.901324,
  },
  {
    demand: ['onoff', 240, 201],
    market: ['calm', 3],
    policy: 'auto-mode',
    spentCents: 656265,
    used: 3238.40622,
    expired: 69.746542,
    outMinutes: 13,
    cappedMinutes: 0,
    orders: 1654,
    justInTime: 1.986013,
    cheapest: 1.901324,
  },
  {
    demand: ['growth', 1200, 202],
    market: ['tight', 1],
    policy: 'script-limit',
    spentCents: 5620993,
    used: 13599.456825,
    expired: 9634.121366,
    outMinutes: 1085,
    cappedMinutes: 1060,
    orders: 2324,
    justInTime: 2.444626,
    cheapest: 2.287808,
  },
  {
    demand: ['growth', 1200, 202],
    market: ['tight', 1],
    policy: 'script-netted',
    spentCents: 3170301,
    used: 13443.136652,
    expired: 23.237542,
    outMinutes: 1355,
    cappedMinutes: 1327,
    orders: 1347,
    justInTime: 2.444626,
    cheapest: 2.287808,
  },
];

describe('the backtest', () => {
  it.each(examples)('agrees on $demand on $market with $policy', (example) => {
    const [regime, unitsPerDay, seed] = example.demand;
    const [kind, marketSeed] = example.market;
    const demand = regimeDemand(regime, unitsPerDay, seed);
    const market = openMarket(kind, marketSeed, demand.steps.length);
    const policy = policies[example.policy];
    const run = runBacktest({ demand, market, policy, options: { hasOutages: false, isAlwaysBehind: true } });
    expect(Math.round(run.spent * 100)).toBe(example.spentCents);
    expect(run.used).toBeCloseTo(example.used, 4);
    expect(run.expired).toBeCloseTo(example.expired, 4);
    expect(Math.round(run.pricedOutMinutesPerDay * 13)).toBe(example.cappedMinutes);
    expect(Math.round(run.avoidableOutMinutesPerDay * 13)).toBe(example.outMinutes - example.cappedMinutes);
    expect(Math.round(run.ordersPerDay * 13)).toBe(example.orders);
    expect(run.justInTimeBound).toBeCloseTo(example.justInTime, 4);
    expect(run.cheapestBound).toBeCloseTo(example.cheapest, 4);
  });
});
