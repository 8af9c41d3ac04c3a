import type { CatalogueEntry } from '../demand/catalogue.ts';
import type { PolicyName } from '../policies/catalogue.ts';
import type { BacktestOptions } from './command-line.ts';
import type { PendingTask } from './pool.ts';

/** Up to so many traces are plotted for each policy. */
const mostFullyPlottedTraces = 4;

/** A task for each trace and market. */
export function planTasks(
  options: BacktestOptions,
  traces: readonly CatalogueEntry[],
): readonly PendingTask[] {
  const recorded = recordedPolicies(options, traces.length);
  const { policies, conditions } = options;
  return traces.flatMap((trace) =>
    options.markets.map((market, index) => () => ({
      demand: trace.load(),
      market,
      policies,
      conditions,
      // Plots show the first market.
      recorded: index === 0 ? recorded : [],
    })),
  );
}

/** With many traces plots show one policy, to keep their number sane. */
function recordedPolicies(options: BacktestOptions, traces: number): readonly PolicyName[] {
  if (options.report === undefined && options.charts === undefined) return [];
  return traces <= mostFullyPlottedTraces ? options.policies : options.policies.slice(0, 1);
}
