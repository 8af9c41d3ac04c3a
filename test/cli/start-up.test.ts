import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { programPath } from './support/program.ts';

/** The Node that a user has, which may be an older one than ours, and ours. */
const nodes = [
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((node) => existsSync(node))
    .slice(0, 1),
  process.execPath,
];

function milliseconds(node: string, args: readonly string[]): number {
  const startedAt = performance.now();
  const { status } = spawnSync(node, args);
  expect(status).toBe(0);
  return performance.now() - startedAt;
}

/** Whatever else runs on the machine makes a measurement longer, and never shorter: the quickest of some counts. */
const mostTries = 40;

it.each(nodes)('%s shows help within 1.5 times its own start and 100 ms', (node) => {
  let [help, nothing] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const isQuick = () => help < 1.5 * nothing + 100;
  for (let tried = 0; tried < mostTries && !isQuick(); tried += 1) {
    nothing = Math.min(nothing, milliseconds(node, ['-e', '0']));
    help = Math.min(help, milliseconds(node, [programPath, '--help']));
  }
  expect(help).toBeLessThan(1.5 * nothing + 100);
});

it('says nothing but the help, and is not slowed by what commands need', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [programPath], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: grid-buyer \[options\] \[command\]/);
});

function commandsIn(command: ReturnType<typeof createProgram>): (typeof command)[] {
  return command.commands.flatMap((one) => [one, ...commandsIn(one)]);
}

describe('every command', () => {
  const runnable = commandsIn(createProgram()).filter(({ commands }) => commands.length === 0);

  it.each(runnable.map((command) => [command.name(), command] as const))(
    '%s has an example in its help',
    (_, command) => {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) });
      if (command.name() === 'backtest') {
        expect(command.description()).toContain('--help');
        return;
      }
      command.outputHelp();
      expect(text).toMatch(/\nExamples:\n {2}# .*\n {2}grid-buyer /);
      expect(text).toContain('--json');
    },
  );
});

describe('completion', () => {
  const complete = (...words: string[]) =>
    spawnSync(process.execPath, [programPath, 'complete', '--', ...words], { encoding: 'utf8' }).stdout;

  it.each(['bash', 'zsh', 'fish'])('has a script for %s that the shell can read', (shell) => {
    const { stdout, status } = spawnSync(process.execPath, [programPath, 'completion', shell], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('grid-buyer complete --');
    const check = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    // Not every machine has every shell.
    if (check.error === undefined) expect(check).toMatchObject({ status: 0, stderr: '' });
  });

  it('completes commands, options and their values', () => {
    expect(complete('res')).toMatch(/^resume\t/);
    expect(complete('keys', 'pro')).toMatch(/^promote\t/);
    expect(complete('buy', 'chat-prime', '1', '--dr')).toMatch(/^--dry-run\t/);
    expect(complete('orders', '--state', 'UN')).toMatch(/^UNKNOWN\t\n/);
    expect(complete('settings', 're')).toMatch(/^restore\t/);
    expect(complete('settings', 'set', 'spendingLimits.perD')).toMatch(/^spendingLimits\.perDay\t\n/);
    expect(complete('settings', 'set', 'mode', 'dry')).toMatch(/^dry-run\t\n/);
    expect(complete('settings', 'unset', '')).not.toMatch(/^mode\t/m);
  });
});
