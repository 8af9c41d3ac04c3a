import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runNode } from '../infra/support/run-node.ts';
import { synthesize } from '../infra/support/synthesize.ts';

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

const documents = [
  'README.md',
  'docs/operations.md',
  'docs/operations/keys.md',
  'docs/operations/go-live.md',
  'docs/configuration.md',
  'docs/dependencies.md',
];
const outputs = Object.keys(synthesize().findOutputs('*'));

/** The commands in the shell blocks of a text. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
}

/** What a tool of ours says about itself. */
async function usageOf(script: string): Promise<string> {
  const { stdout, stderr } = await runNode([`local/${script}/main.ts`, '--help']);
  return `${stdout}${stderr}`;
}

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

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names outputs that the stack has', () => {
    const used = [...text.matchAll(/<([A-Z][A-Za-z]+)>/g)].map(([, name]) => name);
    expect(outputs).toEqual(expect.arrayContaining(used));
  });

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#:]+\.md)/g)].map(([, path = '']) => path);
    for (const link of links) expect(existsSync(join(dirname(document), link)), link).toBe(true);
  });
});

const scriptsSchema = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts } = v.parse(scriptsSchema, JSON.parse(readFileSync('package.json', 'utf8')));
const toolCalls = documents.flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(/npm run (keys|go-live|control) -- ([^`#\n]+)/g)].map(
    ([, tool = '', args = '']) => ({ tool, args: args.trim() }),
  ),
);

describe.each(['keys', 'go-live', 'control'])('npm run %s', (tool) => {
  it('is called as it says itself', async () => {
    expect(Object.keys(scripts)).toContain(tool);
    const usage = await usageOf(tool);
    const calls = toolCalls.filter((call) => call.tool === tool);
    expect(calls.length).toBeGreaterThan(1);
    for (const { args } of calls) {
      const verb = /^[a-z][a-z-]*/.exec(args)?.[0];
      if (verb !== undefined) expect(usage).toMatch(new RegExp(`\\b${verb}\\b`));
      for (const [option] of args.matchAll(/--[a-z-]+/g)) expect(usage).toContain(option);
    }
  });
});
