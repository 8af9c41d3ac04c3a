import { describe, expect, it } from 'vitest';
import { stepsPerUnit } from '../../../local/backtest/amounts.ts';
import { cheapestSummary, justInTimeSummary } from '../../../local/backtest/measures/bound-summary.ts';
import { quantile } from '../../../local/backtest/measures/quantile.ts';
import { figuresOf, type RunFigures } from '../../../local/backtest/measures/run-figures.ts';
import { summarize } from '../../../local/backtest/measures/summary.ts';
import { emptyTally, type Tally } from '../../../local/backtest/simulate/tally.ts';

function figures(tally: Partial<Tally>, justInTime: number | undefined): RunFigures {
  const bounds = {
    justInTime,
    justInTimeBought: tally.demand ?? 0,
    justInTimeExpired: 0,
    cheapest: justInTime === undefined ? undefined : justInTime * 0.9,
  };
  return figuresOf({ ...emptyTally(), ...tally }, bounds, 2880);
}

const units = (count: number) => count * stepsPerUnit;

describe('the figures of a run', () => {
  it('are per Unit used, per day and per Unit bought', () => {
    const tally = {
      demand: units(100),
      used: units(80),
      unserved: units(20),
      bought: units(100),
      expired: units(10),
      spent: 24_000,
      outMinutes: 10,
      pricedOutMinutes: 4,
      orders: 6,
      cancels: 2,
      signedRequests: 100,
    };
    expect(figures(tally, 200)).toMatchObject({
      demandPerDay: 50,
      cost: 3,
      justInTimeBound: 2,
      costToBound: 1.5,
      waste: 0.1,
      avoidableOutMinutesPerDay: 3,
      pricedOutMinutesPerDay: 2,
      unservedShare: 0.2,
      ordersPerDay: 3,
      cancelsPerDay: 1,
      signedRequestsPerDay: 50,
    });
  });

  it('are null where nothing was used, and no division by nothing', () => {
    expect(figures({}, undefined)).toMatchObject({
      cost: null,
      costToBound: null,
      waste: 0,
      unservedShare: 0,
    });
    expect(figures({ demand: units(1), unserved: units(1) }, 200)).toMatchObject({
      costToBound: null,
      unservedShare: 1,
    });
  });
});

describe('a summary', () => {
  const small = figures(
    { demand: units(10), used: units(10), bought: units(20), expired: units(10), spent: 4000 },
    200,
  );
  const large = figures({ demand: units(990), used: units(990), bought: units(990), spent: 198_000 }, 200);
  const idle = figures({ bought: units(10), expired: units(10), spent: 2000 }, undefined);

  it('pools spending and counts every run once in the mean', () => {
    const summary = summarize([small, large]);
    expect(summary.costToBoundPooled).toBeCloseTo((40 + 1980) / 2000, 9);
    expect(summary.costToBoundMean).toBeCloseTo((2 + 1) / 2, 9);
    expect(summary.smallAccountsCostToBoundMean).toBe(2);
    expect(summary.wastePooled).toBeCloseTo(10 / 1010, 9);
  });

  it('pools the money of runs without demand, which have no cost per Unit', () => {
    const summary = summarize([large, idle]);
    expect(summary.costToBoundPooled).toBeCloseTo(2000 / 1980, 9);
    expect(summary.costToBoundMean).toBe(1);
    expect(summary.smallAccountsCostToBoundMean).toBeNull();
  });

  it('of nothing is empty', () => {
    expect(summarize([])).toMatchObject({
      runs: 0,
      costToBoundPooled: null,
      avoidableOutMinutesPerDayP90: null,
    });
  });
});

describe('the summary of a bound', () => {
  const run = figures({ demand: units(100), used: units(10), spent: 9000, orders: 5, outMinutes: 9 }, 200);

  it('serves everything at its own price', () => {
    expect(justInTimeSummary([run])).toMatchObject({
      costToBoundPooled: 1,
      costToBoundMean: 1,
      wastePooled: 0,
      avoidableOutMinutesPerDayMean: 0,
      unservedShareMean: 0,
      ordersPerDayMean: null,
    });
    expect(cheapestSummary([run]).costToBoundPooled).toBeCloseTo(0.9, 9);
  });

  it('is empty without demand', () => {
    expect(cheapestSummary([figures({}, undefined)])).toMatchObject({
      costToBoundPooled: null,
      wastePooled: null,
    });
  });
});

describe('a quantile', () => {
  it('lies between its neighbours', () => {
    expect(quantile([30, 10, 20], 0.5)).toBe(20);
    expect(quantile([0, 10], 0.9)).toBeCloseTo(9, 9);
    expect(quantile([9, 10, 100], 1)).toBe(100);
    expect(quantile([7], 0.3)).toBe(7);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});
