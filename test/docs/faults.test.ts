import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingTitles, type NamedTest, namedTests, sourceOf } from './support/named-tests.ts';

/** At which layers the design wants each row of its fault matrix tested, beside the live exchange. */
const layersOfRows: readonly (readonly [layers: string, ...rows: readonly number[]])[] = [
  ['SH', 1, 2, 4, 6, 7, 8, 9],
  ['S', 3, 5, 11, 15, 17, 19, 22, 23, 24, 25, 27, 28, 29, 32, 33, 35, 37, 38, 39, 42, 45, 46, 47, 48, 49],
  ['S', 51, 54, 55, 56, 58],
  ['UH', 10, 12, 40],
  ['H', 13, 14],
  ['SU', 16, 18, 31, 41, 43, 50, 57, 60],
  ['U', 20, 34, 44, 59],
  ['SD', 21, 30, 52],
  ['D', 26],
  ['C', 36],
  ['UD', 53],
  ['SUDH', 61],
];
const rowCount = 61;

interface Row {
  readonly number: number;
  readonly tests: readonly NamedTest[];
}

function rowsOf(document: string): readonly Row[] {
  return document
    .split(/^### /m)
    .slice(1)
    .map((section) => ({
      number: Number(/^\d+/.exec(section)?.[0]),
      tests: namedTests(section),
    }));
}

const rows = rowsOf(readFileSync('docs/faults.md', 'utf8'));

describe('the document of the faults', () => {
  it(`has each of the ${rowCount} rows once, in their order`, () => {
    const numbers = Array.from({ length: rowCount }, (_, index) => index + 1);
    expect(rows.map(({ number }) => number)).toEqual(numbers);
    expect(layersOfRows.flatMap(([, ...of]) => of).toSorted((a, b) => a - b)).toEqual(numbers);
  });

  it('has a test at each layer that the design wants a row tested at', () => {
    const missing = layersOfRows.flatMap(([layers, ...of]) =>
      of.flatMap((number) => {
        const there = rows.find((row) => row.number === number)?.tests.map(({ mark }) => mark) ?? [];
        return Array.from(layers)
          .filter((layer) => !there.includes(layer))
          .map((layer) => `row ${number}: ${layer}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it('names tests that there are', () => {
    const missing = rows.flatMap(({ number, tests }) =>
      tests.flatMap((test) => missingTitles(test).map((title) => `row ${number}: ${test.file}: ${title}`)),
    );
    expect(missing).toEqual([]);
  });

  it('has every test of a row of the simulation', () => {
    const named = rows.flatMap(({ tests }) => tests.filter(({ mark }) => mark === 'S'));
    const source = sourceOf('test/simulation/fault-rows.test.ts');
    const titles = [...source.matchAll(/'(row \d+: [^']+)'|"(row \d+: [^"]+)"/g)].map(([, a, b]) => a ?? b);
    expect(titles).toEqual(named.map(({ titles: [title] }) => title));
  });
});
