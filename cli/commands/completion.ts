import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds `completion`, which prints a script for a shell, and what that script asks with every press of Tab. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
}
