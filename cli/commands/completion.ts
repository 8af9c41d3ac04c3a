import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { someSpendingLimitsSchema } from '../../shared/configuration/spending-limits.ts';

/** Paths of settings that every stage has. Which instruments there are is known where it runs only. */
const paths = [
  'mode',
  ...Object.keys(someSpendingLimitsSchema.entries).map((name) => `spendingLimits.${name}`),
];

/** Adds `completion`, which prints a script for a shell, and what that script asks with every press of Tab. */
export function addCompletion(program: Command): void {
  const { commands } = tab(program, { completionCommandName: 'completion' });
  const words = { 'settings set': [...paths, 'live', 'paused', 'dry-run'], 'settings unset': paths.slice(1) };
  for (const [command, values] of Object.entries(words)) {
    for (const argument of commands.get(command)?.arguments.values() ?? []) {
      argument.handler = (complete) => {
        for (const value of values) complete(value, '');
      };
    }
  }
}
