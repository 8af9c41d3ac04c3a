import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readCommandLine, UsageError } from '../../bench/command-line.ts';
import { intoDocument } from '../../bench/report/document.ts';
import { isMet, type PartReport } from '../../bench/report/report.ts';
import { textOf } from '../../bench/report/text.ts';

const report: PartReport = {
  name: 'part',
  title: 'Part',
  tables: [
    {
      title: 'Table',
      columns: [
        { key: 'name', head: 'what', meaning: '' },
        { key: 'time', head: 'time', meaning: 'ms', places: 1 },
      ],
      rows: [{ name: 'ours', time: 12.345 }, { name: 'nothing' }],
    },
  ],
  goals: [
    { name: 'quick', limit: 2, measured: 1.5 },
    { name: 'often', limit: 0.3, sense: 'at-least', measured: 0.2 },
    { name: 'elsewhere', limit: 1, measured: undefined },
  ],
};

it('a report is a table with a legend, and says of each goal whether it is met', () => {
  expect(stripVTControlCharacters(textOf(report))).toBe(
    [
      'Part',
      '',
      'Table',
      'what     time',
      'ours     12.3',
      'nothing     -',
      '  time: ms',
      '',
      'Goals',
      '           measured     goal',
      'quick          1.50     <= 2           met',
      'often          0.20  >= 0.30        missed',
      'elsewhere         -     <= 1  not measured',
    ].join('\n'),
  );
});

it('a report takes the place of the one before in a document', () => {
  const document = 'Read this:\n<!-- bench:part -->\n\nold\n\n<!-- /bench:part -->\nAnd that.\n';
  const written = intoDocument(document, report);
  expect(written).toContain('| ours | 12.3 |\n| nothing | - |\n\n*time*: ms.');
  expect(written).toContain('| often | 0.20 | >= 0.30 | **missed** |');
  expect(written).not.toContain('old');
  expect(written.endsWith('<!-- /bench:part -->\nAnd that.\n')).toBe(true);
  expect(intoDocument(written, report)).toBe(written);
});

it('a document without a place for it is refused', () => {
  expect(() => intoDocument('nothing', report)).toThrow('has no place for part');
});

it.each([
  ['at the limit', { limit: 2, measured: 2 }, true],
  ['beyond it', { limit: 2, measured: 2.01 }, false],
  ['below what is the least', { limit: 2, sense: 'at-least', measured: 1.99 }, false],
  ['not measured', { limit: 2, measured: undefined }, undefined],
] as const)('a goal is met or not: %s', (_what, goal, met) => {
  expect(isMet({ name: 'goal', ...goal })).toBe(met);
});

describe('the command line', () => {
  const known = ['bundles', 'tick'];

  it('runs everything 15 times unless it says otherwise', () => {
    expect(readCommandLine([], known)).toEqual({
      help: false,
      json: false,
      write: false,
      runs: 15,
      names: [],
    });
    expect(readCommandLine(['tick', '--runs', '3', '--json'], known)).toEqual({
      help: false,
      json: true,
      write: false,
      runs: 3,
      names: ['tick'],
    });
  });

  it('is refused with everything that is wrong', () => {
    expect(() => readCommandLine(['tock', '--runs', '0'], known)).toThrow(UsageError);
    expect(() => readCommandLine(['tock', '--runs', '0'], known)).toThrow(
      /--runs must be a whole number from 1 to 1000\n.*there is no part "tock"; there are bundles, tick/s,
    );
    expect(() => readCommandLine(['--quick'], known)).toThrow(UsageError);
  });
});
