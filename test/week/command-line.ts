import { parseArgs } from 'node:util';

/** What was asked for. */
export interface WeekCommand {
  readonly days: number;
}

export const usage = `npm run week -- [--days N]

Runs the deployed bundles against the simulated exchange through N days (7; at least 2, at most 14) of simulated time,
and the backtest on the same demand and markets. The first day is not scored. Exit code 1 if the figures differ.`;

/** @throws Error that says what is wrong */
export function parseCommandLine(args: readonly string[]): WeekCommand | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: { days: { type: 'string', default: '7' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return 'help';
  const days = Number(values.days);
  if (!Number.isSafeInteger(days) || days < 2 || days > 14) {
    throw new Error(`--days must be a whole number from 2 to 14, not "${values.days}".`);
  }
  return { days };
}
