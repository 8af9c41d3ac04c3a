import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { runNode } from '../infra/support/run-node.ts';
import { synthesize } from '../infra/support/synthesize.ts';
import { commandsIn } from './support/commands.ts';

const documents = ['README.md', ...globSync('docs/**/*.md')].toSorted();
const outputs = Object.keys(synthesize().findOutputs('*'));
const scriptsSchema = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts } = v.parse(scriptsSchema, JSON.parse(readFileSync('package.json', 'utf8')));

/** What the program itself advises: the command, without what belongs to the sentence around it. */
const adviceCalls = globSync('cli/**/*.ts').flatMap((document) =>
  [
    ...readFileSync(document, 'utf8').matchAll(
      /[:(] ?grid-buyer ((?:settings|keys) [a-z]+|[a-z]+(?: --[a-z-]+)*)/g,
    ),
  ].map(([, words = '']) => ({ document, words })),
);

/** Every `npx grid-buyer` and `grid-buyer` with a command or an option, in blocks and in code within sentences. */
const programCalls = documents.flatMap((document) =>
  [...readFileSync(document, 'utf8').matchAll(/(?:`|npx )grid-buyer ([a-z-][^`#|\n]*)/g)].map(
    ([, words = '']) => ({ document, words: words.trim() }),
  ),
);

interface ToolCall {
  readonly document: string;
  readonly script: string;
  readonly args: string;
}

/** Every `npm run` and `npm start` of the documents, in blocks and in sentences. */
const toolCalls: readonly ToolCall[] = documents.flatMap((document) =>
  [
    ...readFileSync(document, 'utf8').matchAll(
      /npm (?:run )?((?<=run )[a-z][a-z:-]*|start|test)(?: -- ([^`#|\n]+))?/g,
    ),
  ].map(([, script = '', args = '']) => ({ document, script, args: args.trim() })),
);
const withOptions = [
  ...new Set(toolCalls.filter(({ args }) => args.includes('--')).map(({ script }) => script)),
];

/** The sources of the tool that a script starts, or of the room that it is in. */
function sourcesOf(script: string): string {
  const [, entry = ''] = /node ((?:local|test)\/\S+\.ts)/.exec(scripts[script] ?? '') ?? [];
  return globSync(`${dirname(entry)}/**/*.ts`)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

/** Whether a tool says that it has this option, or reads it. */
function takes(sources: string, option: string): boolean {
  const name = option.slice(2);
  return sources.includes(option) || new RegExp(`['"]?\\b${name}['"]?: \\{ type:`).test(sources);
}

/** As headings are linked to: in lower case, with hyphens for spaces. */
function anchorsOf(document: string): readonly string[] {
  return [...readFileSync(document, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names outputs that the stack has', () => {
    const used = [...text.matchAll(/<([A-Z][A-Za-z]+(?:Arn|Name|Url))>/g)].map(([, name]) => name);
    expect(outputs).toEqual(expect.arrayContaining(used));
  });

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#:]*\.md)?(?:#([^)]+))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? document : join(dirname(document), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('runs scripts that there are', () => {
    const called = toolCalls.filter((call) => call.document === document).map(({ script }) => script);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
  });
});

describe('the commands of all documents', () => {
  it('are some', () => {
    expect(toolCalls.length).toBeGreaterThan(40);
    expect(withOptions).toEqual(expect.arrayContaining(['control', 'keys', 'go-live', 'restore', 'cost']));
    expect(
      documents.flatMap((document) => commandsIn(readFileSync(document, 'utf8'))).length,
    ).toBeGreaterThan(60);
  });

  it.each(withOptions)('npm run %s takes the options that it is given', (script) => {
    const sources = sourcesOf(script);
    for (const { document, args } of toolCalls.filter((call) => call.script === script)) {
      for (const [option] of args.matchAll(/--[a-z][a-z-]*/g))
        expect(takes(sources, option), `${document}: npm run ${script} -- ${args}`).toBe(true);
    }
  });

  it.each(['keys', 'control'])('npm run %s knows the verbs that it is given', async (script) => {
    const { stdout, stderr } = await runNode([`local/${script}/main.ts`, '--help']);
    const verbs = toolCalls
      .filter((call) => call.script === script)
      .flatMap(({ args }) => /^[a-z][a-z-]*/.exec(args)?.[0] ?? []);
    expect(verbs.length).toBeGreaterThan(3);
    for (const verb of verbs) expect(`${stdout}${stderr}`).toMatch(new RegExp(`\\b${verb}\\b`));
  });
});

describe('the calls of grid-buyer in all documents and in its own advice', () => {
  /** The command that these words begin with, and the words behind it. */
  function commandOf(words: readonly string[]): { command: Command; rest: readonly string[] } {
    let command = createProgram();
    let rest = words;
    for (;;) {
      const found = command.commands.find((one) => one.name() === rest[0]);
      if (found === undefined) return { command, rest };
      command = found;
      rest = rest.slice(1);
    }
  }

  it('are some', () => {
    expect(programCalls.length).toBeGreaterThan(20);
    expect(adviceCalls.length).toBeGreaterThan(20);
  });

  it.each([...programCalls, ...adviceCalls])('$document: grid-buyer $words', ({ words }) => {
    const { command, rest } = commandOf(words.split(/\s+/));
    // Completion is added by whoever starts the program.
    const isNamed = command.parent !== null || words.startsWith('completion') || words.startsWith('-');
    expect(isNamed).toBe(true);
    const known = [...command.options, ...createProgram().options].map(({ long }) => long);
    expect([...known, '--help']).toEqual(
      expect.arrayContaining(rest.filter((word) => word.startsWith('--'))),
    );
    // Those that have commands of their own do nothing themselves.
    if (command.parent !== null) expect(command.commands.map((one) => one.name())).toEqual([]);
  });
});
