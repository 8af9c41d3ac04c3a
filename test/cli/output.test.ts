import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../cli/exit-codes.ts';
import { valueFrom } from '../../cli/export/value.ts';
import { Failure } from '../../cli/failure.ts';
import { grouped } from '../../cli/output/amounts.ts';
import { bar } from '../../cli/output/bar.ts';
import { type Look, lookOf } from '../../cli/output/look.ts';
import { withProgress } from '../../cli/output/progress.ts';
import { type Column, table } from '../../cli/output/table.ts';
import { wrap } from '../../cli/output/text.ts';
import { ago, briefTime, duration, fullTime } from '../../cli/output/times.ts';
import { awsFailure } from '../../cli/target/aws-failure.ts';
import { decimalScale } from '../../shared/ledger/decimal.ts';

const now = Date.parse('2026-11-29T21:41:05Z');
const look = (changes: Partial<Look> = {}): Look => ({
  columns: 80,
  paint: picocolors.createColors(false),
  zone: 'Europe/Paris',
  now: () => now,
  ...changes,
});

describe('a table', () => {
  interface Row {
    readonly name: string;
    readonly words: string;
    readonly amount: string;
  }
  const columns: readonly Column<Row>[] = [
    { title: 'NAME', cell: ({ name }) => name },
    { title: 'AMOUNT', align: 'right', cell: ({ amount }) => amount, dropFirst: 1 },
    { title: 'WORDS', cell: ({ words }) => words, isElastic: true },
  ];
  const rows = [
    { name: 'a', amount: '1.00', words: 'short' },
    { name: 'bb', amount: '10.00', words: 'some words that are longer than the others' },
  ];

  it('lines its columns up, numbers on the right', () => {
    expect(table(rows, columns, look())).toBe(
      [
        'NAME  AMOUNT  WORDS',
        'a       1.00  short',
        'bb     10.00  some words that are longer than the others',
      ].join('\n'),
    );
  });

  it('is never wider than the terminal: first text is cut, then columns go', () => {
    const narrow = (width: number) =>
      table(rows, columns, look({ columns: width }))
        .split('\n')
        .at(-1);
    expect(narrow(40)).toBe('bb     10.00  some words that are longe…');
    expect(narrow(26)).toBe('bb    some words that are…');
  });

  it('leaves out what tells nothing, and paints what it has cut', () => {
    const painted = [
      { title: 'NAME', cell: ({ name }: Row) => name, paint: (text: string) => `<${text}>` },
      ...columns.slice(1),
    ];
    expect(table([{ name: 'a', amount: '', words: '' }], painted, look())).toBe('NAME\n<a>');
  });

  it('keeps its columns together whatever is in them, with colour too', () => {
    const coloured = look({ paint: picocolors.createColors(true) });
    const text = fc.stringMatching(/^[a-z ]{0,30}$/).map((one) => one.trim());
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: text, words: text, amount: text }), { minLength: 1 }),
        (some) => {
          const plain = table(some, columns, look());
          expect(stripVTControlCharacters(table(some, columns, coloured))).toBe(plain);
        },
      ),
    );
  });
});

describe('words for people', () => {
  it('tell times in the local zone, and name it', () => {
    expect(fullTime(look(), '2026-11-29T21:41:05Z')).toBe('2026-11-29 22:41:05 CET');
    expect(fullTime(look(), '2026-07-01T23:30:00Z')).toBe('2026-07-02 01:30:00 CEST');
    expect(briefTime(look(), '2026-11-29T03:00:00Z')).toBe('04:00:00');
    expect(briefTime(look(), '2026-11-28T22:59:00Z')).toBe('2026-11-28 23:59');
    expect(ago(look(), '2026-11-29T21:39:35Z')).toBe('1 min 30 s ago');
  });

  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [3_600_000, '1 h'],
    [4_800_000, '1 h 20 min'],
    [90_061_000, '1 d 1 h'],
  ])('%i ms are %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });

  it('set thousands apart and leave the decimals', () => {
    expect(['0.00000001', '999.5', '1234567.12345678'].map(grouped)).toEqual([
      '0.00000001',
      '999.5',
      '1,234,567.12345678',
    ]);
  });

  it('break between words, and never inside one', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('averylongword', 5)).toEqual(['averylongword']);
  });

  it('draw a share as it is, and no more than all of it', () => {
    expect([bar(0, 4), bar(0.5, 4), bar(7, 4)]).toEqual(['░░░░', '██░░', '████']);
  });
});

describe('colour', () => {
  const red = (isTTY: boolean, environment: NodeJS.ProcessEnv) =>
    lookOf({ isTTY, columns: 80 }, environment).paint.red('x');

  it('is for terminals only, and for none that does not want it', () => {
    expect(red(true, { TERM: 'xterm' })).toBe('\u001b[31mx\u001b[39m');
    expect([red(false, {}), red(true, { NO_COLOR: '1' }), red(true, { TERM: 'dumb' })]).toEqual([
      'x',
      'x',
      'x',
    ]);
  });

  it('and nothing is cut where there is no terminal, unless COLUMNS says so', () => {
    expect(lookOf({}, {}).columns).toBe(Number.POSITIVE_INFINITY);
    expect(lookOf({}, { COLUMNS: '100' }).columns).toBe(100);
    expect(lookOf({ isTTY: true, columns: 132 }, { COLUMNS: '100' }).columns).toBe(132);
  });
});

it('progress is silent where nobody watches', async () => {
  const written: string[] = [];
  expect(await withProgress({ write: (text) => written.push(text) }, 'Waiting', async () => 1)).toBe(1);
  expect(written).toEqual([]);
});

describe('the value of a purchase', () => {
  it('is what the trades cost, however the average was cut', () => {
    const trade = fc.record({
      cents: fc.integer({ min: 1, max: 100_000 }),
      units: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 8 }), fc.boolean(), (trades, isRounded) => {
        const value =
          trades.reduce((sum, { cents, units }) => sum + BigInt(cents) * BigInt(units), 0n) *
          (decimalScale / 100n);
        const units = trades.reduce((sum, one) => sum + one.units, 0);
        const half = isRounded ? BigInt(units) / 2n : 0n;
        expect(valueFrom(units, (value + half) / BigInt(units))).toBe(value);
      }),
    );
  });

  it('is the price itself for one Unit, also of a price with eight decimals', () => {
    expect(valueFrom(1, 200_000_001n)).toBe(200_000_001n);
  });
});

describe('what AWS refuses', () => {
  const named = (name: string, extra: object = {}) => Object.assign(new Error('said'), { name }, extra);

  it.each([
    ['AccessDeniedException', {}, 'credentials'],
    ['ExpiredTokenException', {}, 'credentials'],
    ['TimeoutError', {}, 'unavailable'],
    ['Error', { code: 'ENOTFOUND' }, 'unavailable'],
    ['InternalServerError', { $metadata: {} }, 'unavailable'],
  ])('%s %j is a failure of its own kind', (name, extra, kind) => {
    const failure = awsFailure(named(name, extra), 'It cannot be done');
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/^It cannot be done/) });
  });

  it('and what is not from AWS stays what it is', () => {
    const bug = new RangeError('bug');
    expect(awsFailure(bug, 'It cannot be done')).toBe(bug);
  });
});

it('every kind of failure has an exit code of its own', () => {
  const codes = Object.values(exitCodes);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).not.toContain(0);
});
