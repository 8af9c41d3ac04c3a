import type { BacktestOptions } from '../runner/command-line.ts';
import type { Run } from '../runner/task.ts';
import type { SummaryRow } from './table.ts';

/** Everything that was measured, for other programs. */
export function jsonReport(
  { conditions }: BacktestOptions,
  summary: readonly SummaryRow[],
  runs: readonly Run[],
): string {
  const measured = runs.map(({ trace, market, policy, figures }) => ({ trace, market, policy, ...figures }));
  return `${JSON.stringify({ conditions, summary, runs: measured }, null, 2)}\n`;
}
