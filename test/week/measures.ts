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
  /** Minutes a day in which something was refused. */
  readonly out: number;
  /** Share of the demand. */
  readonly unserved: number;
  readonly ordersPerDay: number;
  readonly cancelsPerDay: number;
}

/** Amounts are added up, and so are minutes and orders a day. */
export function measuresOf(runs: readonly RunFigures[]): Measures {
  const { costToBoundPooled, wastePooled, unservedSharePooled } = summarize(runs);
  const sum = (figure: (run: RunFigures) => number) => runs.reduce((total, run) => total + figure(run), 0);
  return {
    bought: sum((run) => run.bought),
    used: sum((run) => run.used),
    spent: sum((run) => run.spent),
    cost: costToBoundPooled ?? 0,
    waste: wastePooled ?? 0,
    out: sum((run) => run.avoidableOutMinutesPerDay + run.pricedOutMinutesPerDay),
    unserved: unservedSharePooled ?? 0,
    ordersPerDay: sum((run) => run.ordersPerDay),
    cancelsPerDay: sum((run) => run.cancelsPerDay),
  };
}
