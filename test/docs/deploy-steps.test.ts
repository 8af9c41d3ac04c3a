import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandsIn } from './support/commands.ts';

const readme = readFileSync('README.md', 'utf8');
const deploying = /^## Deploy to AWS\n(.*?)^### /ms.exec(readme)?.[1] ?? '';

/** Each numbered step: what is said, and the commands in its blocks, lines that go on joined. */
const steps = deploying
  .split(/^(?=\d+\. )/m)
  .slice(1)
  .map((step) => ({
    words:
      step
        .split('```', 1)[0]
        ?.replace(/^\d+\. /, '')
        .trim() ?? '',
    commands: commandsIn(step),
  }));

describe('from an empty account to the first order', () => {
  it('takes at most ten commands, each explained', () => {
    expect(steps.map(({ commands }) => commands.length)).toEqual(steps.map(() => 1));
    expect(steps.length).toBeLessThanOrEqual(10);
    expect(steps.length).toBeGreaterThan(5);
    for (const { words } of steps) expect(words.length).toBeGreaterThan(20);
  });

  it('begins with a stage and ends with an order', () => {
    const [first] = steps.flatMap(({ commands }) => commands);
    const stage = /^cp (\S+) /.exec(first ?? '')?.[1] ?? '';
    expect(existsSync(stage)).toBe(true);
    expect(steps.at(-1)?.commands[0]).toMatch(/^curl .*<ApiUrl>\/orders$/);
  });
});
