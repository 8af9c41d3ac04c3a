import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toUnits } from '../../../local/backtest/amounts.ts';
import { catalogue, loadTraceFile, TraceError } from '../../../local/backtest/demand/catalogue.ts';
import { parseTrace } from '../../../local/backtest/demand/parse-trace.ts';
import { regimeDemand, regimeNames } from '../../../local/backtest/demand/regimes.ts';

function unitsPerDay(steps: Float64Array): number {
  return toUnits(steps.reduce((sum, one) => sum + one, 0)) / (steps.length / 1440);
}

describe('a trace file', () => {
  it('is read minute by minute, to the end of its last day', () => {
    const parsed = parseTrace('minute,units\n3,0.25\r\n1440,1e-05\n2000,7\n');
    if (parsed.kind !== 'trace') throw new Error(parsed.problems.join());
    expect(parsed.units).toHaveLength(2880);
    expect([0, 3, 1440, 2000].map((minute) => parsed.units[minute])).toEqual([0, 0.25, 0.00001, 7]);
  });

  it('that is wrong gets every problem with its line', () => {
    const lines = [
      'minute;units',
      '0,1',
      '0,2',
      'x,1',
      '5,-1',
      '6,',
      '7,1,1',
      '99999999,1',
      '8,99999',
      '2000,1',
    ];
    expect(parseTrace(lines.join('\n'))).toEqual({
      kind: 'unreadable',
      problems: [
        'line 1 must be "minute,units", not "minute;units"',
        'line 3: minute 0 comes after minute 0; minutes must ascend',
        'line 4: must be a whole minute, a comma and Units such as 0.25, not "x,1"',
        'line 5: must be a whole minute, a comma and Units such as 0.25, not "5,-1"',
        'line 6: must be a whole minute, a comma and Units such as 0.25, not "6,"',
        'line 7: must be a whole minute, a comma and Units such as 0.25, not "7,1,1"',
        'line 8: minute 99999999 is more than 366 days away',
        'line 9: 99999 Units in a minute are more than 10000',
      ],
    });
  });

  it.each([
    ['', 'the file is empty'],
    [' \n', 'the file is empty'],
    ['minute,units\n1439,1', 'it covers 1 of at least 2 days: the first one is for learning'],
    ['minute,units', 'it covers 0 of at least 2 days: the first one is for learning'],
  ])('%j is not enough', (text, problem) => {
    expect(parseTrace(text)).toEqual({ kind: 'unreadable', problems: [problem] });
  });

  it('full of mistakes shows the first twenty', () => {
    const parsed = parseTrace(`minute,units\n${'nonsense\n'.repeat(50)}`);
    const problems = parsed.kind === 'unreadable' ? parsed.problems : [];
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('and 30 more');
  });
});

describe('a trace file on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'backtest-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is named in its problems', () => {
    const file = join(folder, 'bad.csv');
    writeFileSync(file, 'minute,units\noops\n');
    expect(() => loadTraceFile('bad', file)).toThrow(`${file}: line 2: must be`);
  });

  it('that is missing, or is a folder, is told so', () => {
    expect(() => loadTraceFile('none', join(folder, 'none.csv'))).toThrow(/none\.csv: there is no such file/);
    expect(() => loadTraceFile('folder', folder)).toThrow(TraceError);
  });
});

describe('the synthetic regimes', () => {
  it.each(regimeNames)(
    '%s has the Units a day that were asked for, and differs from seed to seed',
    (name) => {
      const demand = regimeDemand(name, 240, 1);
      expect(unitsPerDay(demand.steps) / 240).toBeGreaterThan(0.85);
      expect(unitsPerDay(demand.steps) / 240).toBeLessThan(1.15);
      expect(regimeDemand(name, 240, 1).steps).toEqual(demand.steps);
      expect(regimeDemand(name, 240, 2).steps).not.toEqual(demand.steps);
    },
  );

  it('have their own shapes', () => {
    const daily = (name: (typeof regimeNames)[number]) => {
      const { steps } = regimeDemand(name, 240, 3);
      return Array.from({ length: 14 }, (_, day) =>
        unitsPerDay(steps.subarray(day * 1440, (day + 1) * 1440)),
      );
    };
    const office = daily('diurnal');
    expect((office[5] ?? 0) / (office[1] ?? 1), 'Saturday against Tuesday').toBeLessThan(0.4);
    const growing = daily('growth');
    expect((growing[9] ?? 0) / (growing[1] ?? 1), 'eight days later').toBeGreaterThan(3);
    const batch = regimeDemand('nightbatch', 240, 3).steps;
    const isNight = (minute: number) => minute % 1440 >= 100 && minute % 1440 < 270;
    const night = batch.filter((_, minute) => isNight(minute)).reduce((sum, one) => sum + one, 0);
    expect(night / batch.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0.25);
    const idle = regimeDemand('onoff', 240, 3).steps.filter((one) => one === 0).length / 20_160;
    expect(idle, 'seven hours of ten').toBeGreaterThan(0.5);
  });
});

describe('the catalogue', () => {
  it('has 21 customers and 56 synthetic traces of a fortnight, each by its own name', () => {
    const entries = catalogue();
    expect(entries).toHaveLength(77);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(77);
    const demands = ['customer-11', 'customer-21', 'growth-1200-202'].map((name) => {
      const demand = entries.find((entry) => entry.name === name)?.load();
      return [
        demand?.name,
        demand?.steps.length,
        Math.round(unitsPerDay(demand?.steps ?? new Float64Array(1)) * 10) / 10,
      ];
    });
    expect(demands.map(([name, length]) => [name, length])).toEqual([
      ['customer-11', 20_160],
      ['customer-21', 20_160],
      ['growth-1200-202', 20_160],
    ]);
    expect(demands[0]?.[2]).toBe(47.5);
    expect(demands[1]?.[2]).toBe(1917.8);
  });
});
