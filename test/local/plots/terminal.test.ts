import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLength } from '../../../local/plots/terminal/beside.ts';
import { type TerminalChart, terminalChart } from '../../../local/plots/terminal/chart.ts';
import { resample } from '../../../local/plots/terminal/resample.ts';
import { statusCharts } from '../../../local/plots/terminal/status-charts.ts';
import { type TerminalLook, takesUnicode } from '../../../local/plots/terminal/terminal-look.ts';
import { timeLabels } from '../../../local/plots/time-axis.ts';

const minute = 60_000;
const start = Date.parse('2026-11-23T08:00:00Z');
const plain: TerminalLook = { columns: 60, hasColour: false, isUnicode: false, zone: 'UTC' };
const timed = (values: readonly number[]) =>
  values.map((value, index) => ({ at: start + index * minute, value }));
const chartOf = (values: readonly number[], more: Partial<TerminalChart> = {}): TerminalChart => ({
  title: 'Held',
  unit: 'Units',
  line: timed(values),
  holdsMs: 2 * minute,
  range: 'from-zero',
  labels: timeLabels,
  ...more,
});

describe('a chart in the terminal', () => {
  it('has its value at the height of its label, and its time under it', () => {
    const values = Array.from({ length: 120 }, (_, index) => (index < 60 ? 2 : 8));
    expect(terminalChart(chartOf(values), plain, 12)).toEqual([
      'Held, Units: 8',
      `8+${' '.repeat(28)}+${'-'.repeat(29)}`,
      ` |${' '.repeat(28)}|`,
      `6+${' '.repeat(28)}|`,
      ` |${' '.repeat(28)}|`,
      `4+${' '.repeat(28)}|`,
      ` |${' '.repeat(28)}|`,
      `2+${'-'.repeat(28)}+`,
      ' |',
      '0+',
      expect.stringMatching(/^ \+\+-{13,15}\+-{13,15}\+-{13,15}\+-*$/),
      expect.stringMatching(/^ {2}08:00 +08:30 +09:00 +09:30$/),
    ]);
  });

  it('keeps to columns and rows, whatever it draws, and shows the highest value in its highest line', () => {
    const value = fc.integer({ min: 0, max: 1e9 }).map((steps) => steps / 1e4);
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 300 }),
        fc.integer({ min: 30, max: 160 }),
        fc.integer({ min: 6, max: 20 }),
        fc.boolean(),
        (values, columns, rows, isUnicode) => {
          const lines = terminalChart(
            chartOf(values),
            { ...plain, columns, isUnicode, hasColour: true },
            rows,
          );
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(visibleLength(line)).toBeLessThanOrEqual(columns);
          const text = stripVTControlCharacters(lines.join('\n'));
          if (!isUnicode) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
        },
      ),
    );
  });

  it('leaves a gap where nothing was read', () => {
    const line = [
      ...timed([5, 5, 5, 5, 5]),
      { at: start + 60 * minute, value: 5 },
      { at: start + 64 * minute, value: 5 },
    ];
    const drawn = terminalChart(chartOf([], { line }), plain, 8).find((one) => one.includes('--')) ?? '';
    expect(drawn).toMatch(/-+ {40,}-+/);
  });

  it('puts dots where something was paid, and says what is what', () => {
    const dots = [{ at: start + 30 * minute, value: 2.5 }];
    const names = ['best ask', 'paid'] as const;
    const lines = terminalChart(chartOf(Array<number>(60).fill(2), { dots, names, range: 0.1 }), plain, 12);
    expect(lines[0]).toBe('Held, Units: 2  - best ask  o paid');
    const row = lines.find((line, index) => index > 0 && line.includes('o')) ?? '';
    expect(Math.abs(row.indexOf('o') - 32)).toBeLessThanOrEqual(3);
    expect(lines.indexOf(row)).toBeLessThan(
      lines.findIndex((line, index) => index > 0 && line.includes('---')),
    );
  });

  it('does not draw what is too little', () => {
    expect(terminalChart(chartOf([]), plain, 10)).toEqual(['Held, Units', '(not enough to draw yet)']);
    expect(terminalChart(chartOf([3]), plain, 10)).toEqual(['Held, Units: 3', '(not enough to draw yet)']);
  });
});

describe('resampling', () => {
  it('takes means, holds a value for as long as it counts, and loses none', () => {
    const points = [0, 1, 2, 3].map((at) => ({ at, value: at * 10 }));
    expect(resample(points, { from: 0, to: 4, columns: 2 }, 0)).toEqual([5, 25]);
    expect(resample([{ at: 0, value: 7 }], { from: 0, to: 8, columns: 4 }, 4)).toEqual([7, 7, 7, undefined]);
    expect(resample([{ at: 8, value: 7 }], { from: 0, to: 8, columns: 2 }, 0)).toEqual([undefined, 7]);
  });
});

describe('the charts of the status', () => {
  const decisions = Array.from({ length: 100 }, (_, index) => ({
    time: new Date(start + index * minute).toISOString(),
    usable: String(index % 10),
    coverMinutes: index * 10,
    bestAsk: index % 4 === 0 ? null : '2.05',
  })).toReversed();

  it('are below each other in 80 columns and beside each other in 140', () => {
    const narrow = statusCharts(decisions, { ...plain, columns: 80 });
    const titles = (lines: readonly string[]) => lines.filter((line) => line.includes('Cover, minutes'));
    expect(titles(narrow)).toEqual(['Cover, minutes: 240']);
    const wide = statusCharts(decisions, { ...plain, columns: 140 });
    expect(titles(wide)).toEqual([
      expect.stringMatching(/^Held, Units: 9 +Cover, minutes: 240 +Best ask, USD: 2\.05$/),
    ]);
    expect(wide.length).toBeLessThan(narrow.length / 2);
    for (const [lines, columns] of [
      [narrow, 80],
      [wide, 140],
    ] as const)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('tell times in the zone of who looks', () => {
    expect(statusCharts(decisions, { ...plain, zone: 'Asia/Tokyo' }).join('\n')).toContain('17:30');
    expect(statusCharts(decisions, plain).join('\n')).toContain('08:30');
  });

  it('leave cover out where no policy estimates it', () => {
    const without = decisions.map((decision) => ({ ...decision, coverMinutes: null }));
    expect(statusCharts(without, plain).join('\n')).not.toContain('Cover');
  });
});

describe('a terminal', () => {
  it('takes UTF-8 if its locale says so', () => {
    expect(takesUnicode({ LANG: 'de_DE.UTF-8' })).toBe(true);
    expect(takesUnicode({ LANG: 'C.utf8' })).toBe(true);
    expect(takesUnicode({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' })).toBe(false);
    expect(takesUnicode({ LANG: 'en_US.UTF-8', TERM: 'linux' })).toBe(false);
    expect(takesUnicode({})).toBe(false);
  });
});
