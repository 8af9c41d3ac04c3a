import type { RunFigures } from '../../local/backtest/measures/run-figures.ts';
import { summarize } from '../../local/backtest/measures/summary.ts';

/** What is compared, of one application or of several together. */
export interface Measures {
  /** Units. */
  readonly bought: number;
  readonly used: number;
  /** USD. */
  readonly spent: number;
  /** USD per Unit used, against who knows the demand and buys just in time. */
  readonly cost: number;
  /** Share of what was bought that expired. */
  readonly waste: number;
  /** Minutes in which something was refused. */
  readonly out: number;
  /** Share of the demand. */
  readonly unserved: number;
  readonly orders: number;
  readonly cancels: number;
}

/** Amounts and counts are added up, shares pooled. */
export function measuresOf(runs: readonly RunFigures[]): Measures {
  const { costToBoundPooled, wastePooled, unservedSharePooled } = summarize(runs);
  const sum = (figure: (run: RunFigures) => number) => runs.reduce((total, run) => total + figure(run), 0);
  return {
    bought: sum((run) => run.bought),
    used: sum((run) => run.used),
    spent: sum((run) => run.spent),
    cost: costToBoundPooled ?? 0,
    waste: wastePooled ?? 0,
    out: sum((run) => (run.avoidableOutMinutesPerDay + run.pricedOutMinutesPerDay) * run.days),
    unserved: unservedSharePooled ?? 0,
    orders: sum((run) => run.ordersPerDay * run.days),
    cancels: sum((run) => run.cancelsPerDay * run.days),
  };
}
