import { runBacktestProgram } from '../../local/backtest/program.ts';
import type { CommandRun } from '../session.ts';

/** Runs top-up policies on recorded demand; everything that follows is for the backtest itself. */
export const run: CommandRun = async (_session, { args, options }) => {
  const [given] = args;
  const forwarded = Array.isArray(given) ? given.map(String) : [];
  const isJson = options['json'] === true && !forwarded.includes('--json');
  process.exitCode = await runBacktestProgram([...forwarded, ...(isJson ? ['--json'] : [])]);
  return undefined;
};
