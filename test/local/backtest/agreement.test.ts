import { describe, expect, it } from 'vitest';
import { type RegimeName, regimeDemand } from '../../../local/backtest/demand/regimes.ts';
import { type MarketKind, openMarket } from '../../../local/backtest/market/markets.ts';
import { type PolicyName, policies } from '../../../local/backtest/policies/catalogue.ts';
import { runBacktest } from '../../../local/backtest/run-backtest.ts';

type Case = readonly [
  regime: RegimeName,
  unitsPerDay: number,
  seed: number,
  market: MarketKind,
  marketSeed: number,
  policy: PolicyName,
  spentCents: number,
  used: number,
  expired: number,
  outMinutes: number,
  cappedMinutes: number,
  orders: number,
  justInTime: number,
  cheapest: number,
];

/**
 * What a second implementation of the same market, regimes and policies gives, written by others and in floating point.
 * Of the usual failures, only the lost reviews.
 */
const cases: readonly Case[] = [
  [
    'steady',
    12,
    201,
    'calm',
    1,
    'script-limit',
    207921,
    156.461343,
    833.374154,
    20,
    20,
    99,
    2.00338,
    1.899465,
  ],
  ['steady', 12, 201, 'calm', 1, 'auto-mode', 41484, 156.57043, 51.158913, 0, 0, 104, 2.00338, 1.899465],
  [
    'bursty',
    60,
    202,
    'tight',
    2,
    'script-limit',
    2273529,
    679.096658,
    8469.938287,
    691,
    689,
    915,
    2.401589,
    2.275453,
  ],
  [
    'bursty',
    60,
    202,
    'tight',
    2,
    'script-market',
    277786,
    721.9054,
    437.096033,
    0,
    0,
    116,
    2.401589,
    2.275453,
  ],
  [
    'onoff',
    240,
    201,
    'calm',
    3,
    'script-netted',
    723014,
    3241.066967,
    389.085795,
    0,
    0,
    363,
    1.986013,
    1.901324,
  ],
  ['onoff', 240, 201, 'calm', 3, 'auto-mode', 656265, 3238.40622, 69.746542, 13, 0, 1654, 1.986013, 1.901324],
  [
    'growth',
    1200,
    202,
    'tight',
    1,
    'script-limit',
    5620993,
    13599.456825,
    9634.121366,
    1085,
    1060,
    2324,
    2.444626,
    2.287808,
  ],
  [
    'growth',
    1200,
    202,
    'tight',
    1,
    'script-netted',
    3170301,
    13443.136652,
    23.237542,
    1355,
    1327,
    1347,
    2.444626,
    2.287808,
  ],
];

describe('the backtest', () => {
  it.each(cases)('agrees on %s %i (%i) on %s %i with %s', (...example) => {
    const [regime, unitsPerDay, seed, kind, marketSeed, policy, ...expected] = example;
    const [spentCents, used, expired, outMinutes, cappedMinutes, orders, justInTime, cheapest] = expected;
    const demand = regimeDemand(regime, unitsPerDay, seed);
    const market = openMarket(kind, marketSeed, demand.steps.length);
    const run = runBacktest({ demand, market, policy: policies[policy], options: { hasOutages: false } });
    expect(Math.round(run.spent * 100)).toBe(spentCents);
    expect(run.used).toBeCloseTo(used, 4);
    expect(run.expired).toBeCloseTo(expired, 4);
    expect(Math.round(run.pricedOutMinutesPerDay * 13)).toBe(cappedMinutes);
    expect(Math.round(run.avoidableOutMinutesPerDay * 13)).toBe(outMinutes - cappedMinutes);
    expect(Math.round(run.ordersPerDay * 13)).toBe(orders);
    expect(run.justInTimeBound).toBeCloseTo(justInTime, 4);
    expect(run.cheapestBound).toBeCloseTo(cheapest, 4);
  });
});
