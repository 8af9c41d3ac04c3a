import { mean, quantile } from './quantile.ts';
import type { RunFigures } from './run-figures.ts';

/** Accounts that use less than this a day cannot avoid waste: Units are whole. */
export const smallAccountUnitsPerDay = 40;

/** One policy over many runs. Plain JSON; null where no run has the figure. */
export interface Summary {
  readonly runs: number;
  /** All spending over what the bound pays for the same Units. */
  readonly costToBoundPooled: number | null;
  readonly costToBoundMean: number | null;
  readonly costToBoundP90: number | null;
  readonly smallAccountsCostToBoundMean: number | null;
  /** All spending over what somebody who knows the prices as well pays for the same Units. */
  readonly costToCheapestPooled: number | null;
  readonly wastePooled: number | null;
  readonly avoidableOutMinutesPerDayMean: number | null;
  readonly avoidableOutMinutesPerDayP90: number | null;
  readonly pricedOutMinutesPerDayMean: number | null;
  readonly unservedShareMean: number | null;
  readonly unservedSharePooled: number | null;
  readonly ordersPerDayMean: number | null;
  readonly cancelsPerDayMean: number | null;
  readonly signedRequestsPerDayMean: number | null;
  readonly refusedOrders: number;
}

/** Every figure of many runs. */
export function summarize(runs: readonly RunFigures[]): Summary {
  const all = (figure: (run: RunFigures) => number | null): number[] =>
    runs.map(figure).filter((value) => value !== null);
  const total = (figure: (run: RunFigures) => number): number =>
    runs.reduce((sum, run) => sum + figure(run), 0);
  const meanOf = (figure: (run: RunFigures) => number | null) => mean(all(figure)) ?? null;
  const costs = all((run) => run.costToBound);
  const outMinutes = all((run) => run.avoidableOutMinutesPerDay);
  const spent = total((run) => run.spent);
  return {
    runs: runs.length,
    costToBoundPooled: ratio(
      spent,
      total((run) => (run.justInTimeBound ?? 0) * run.used),
    ),
    costToBoundMean: mean(costs) ?? null,
    costToBoundP90: quantile(costs, 0.9) ?? null,
    smallAccountsCostToBoundMean: meanOf((run) =>
      run.demandPerDay < smallAccountUnitsPerDay ? run.costToBound : null,
    ),
    costToCheapestPooled: ratio(
      spent,
      total((run) => (run.cheapestBound ?? 0) * run.used),
    ),
    wastePooled: ratio(
      total((run) => run.expired),
      total((run) => run.bought),
    ),
    avoidableOutMinutesPerDayMean: mean(outMinutes) ?? null,
    avoidableOutMinutesPerDayP90: quantile(outMinutes, 0.9) ?? null,
    pricedOutMinutesPerDayMean: meanOf((run) => run.pricedOutMinutesPerDay),
    unservedShareMean: meanOf((run) => run.unservedShare),
    unservedSharePooled: ratio(
      total((run) => run.unserved),
      total((run) => run.demand),
    ),
    ordersPerDayMean: meanOf((run) => run.ordersPerDay),
    cancelsPerDayMean: meanOf((run) => run.cancelsPerDay),
    signedRequestsPerDayMean: meanOf((run) => run.signedRequestsPerDay),
    refusedOrders: total((run) => run.refusedOrders),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
