import { resolve } from 'node:path';
import { type ProgramResult, type RunningProgram, startCommand } from '../../support/run-program.ts';

/** The program as it is installed. */
export const programPath = resolve(import.meta.dirname, '../../../cli/bin/grid-buyer.cjs');

/** Starts the program in a folder, with nothing in its environment but what is given. */
export function startGridBuyer(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): RunningProgram {
  const bare = { PATH: process.env['PATH'], HOME: cwd, TZ: 'Europe/Paris', ...env };
  return startCommand(process.execPath, [programPath, ...args], { cwd, env: bare });
}

/** What a run printed, as JSON. */
export function jsonOf({ stdout, stderr }: ProgramResult, stream: 'stdout' | 'stderr' = 'stdout'): unknown {
  return JSON.parse(stream === 'stdout' ? stdout : stderr);
}
