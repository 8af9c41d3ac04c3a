import type { RunFigures } from './run-figures.ts';
import { type Summary, summarize } from './summary.ts';

/** Who knows the demand and buys just in time: what everybody else is measured against. */
export function justInTimeSummary(runs: readonly RunFigures[]): Summary {
  return summarizeBound(runs, (run) => ({
    cost: run.justInTimeBound,
    bought: run.justInTimeBought,
    expired: run.justInTimeExpired,
  }));
}

/** Who knows the prices of the next four hours as well, and buys fractions. */
export function cheapestSummary(runs: readonly RunFigures[]): Summary {
  return summarizeBound(runs, (run) => ({ cost: run.cheapestBound, bought: run.demand, expired: 0 }));
}

type Purchases = Pick<RunFigures, 'cost' | 'bought' | 'expired'>;

/** A clairvoyant serves everything. How many orders that takes is nobody's business. */
function summarizeBound(runs: readonly RunFigures[], purchasesOf: (run: RunFigures) => Purchases): Summary {
  const figures = runs.map((run): RunFigures => {
    const { cost, bought, expired } = purchasesOf(run);
    const { justInTimeBound, demand } = run;
    return {
      ...run,
      cost,
      bought,
      expired,
      used: demand,
      unserved: 0,
      unservedShare: 0,
      spent: (cost ?? 0) * demand,
      costToBound: cost === null || justInTimeBound === null ? null : cost / justInTimeBound,
      avoidableOutMinutesPerDay: 0,
      pricedOutMinutesPerDay: 0,
      refusedOrders: 0,
    };
  });
  const noOrders = { ordersPerDayMean: null, cancelsPerDayMean: null, signedRequestsPerDayMean: null };
  return { ...summarize(figures), ...noOrders };
}
