import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../cli/exit-codes.ts';
import { csvOf } from '../../cli/export/books.ts';
import { createProgram } from '../../cli/program.ts';

const text = readFileSync('docs/cli.md', 'utf8');
const program = createProgram();

describe('the document of the program', () => {
  it('has every exit code, and no other', () => {
    const rows = [...text.matchAll(/^\| (\d) \| `([a-z-]+)` \|/gm)].map(([, code, kind]) => [
      kind,
      Number(code),
    ]);
    expect(Object.fromEntries(rows)).toEqual(exitCodes);
  });

  it.each(program.commands.map((command) => command.name()).filter((name) => name !== 'help'))(
    'names %s',
    (name) => {
      const [, commands = ''] =
        text
          .split(/^## /m)
          .filter((part) => part.startsWith('Commands'))[0]
          ?.split('Does') ?? [];
      expect(commands).toMatch(new RegExp(`\`${name}[ \`]`));
    },
  );

  it('names every column of the export', () => {
    const [titles = ''] = csvOf([]).split('\r\n');
    for (const title of titles.split(',')) expect(text).toContain(`\`${title}\``);
  });
});
