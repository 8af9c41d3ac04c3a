import { describe, expect, it } from 'vitest';
import { toSteps } from '../../local/backtest/amounts.ts';
import { demandOf } from '../../local/backtest/demand/demand.ts';
import { openMarket } from '../../local/backtest/market/markets.ts';
import { figuresOf, type RunFigures } from '../../local/backtest/measures/run-figures.ts';
import { emptyTally } from '../../local/backtest/simulate/tally.ts';
import { parseCommandLine } from './command-line.ts';
import { compare } from './compare.ts';
import type { Pair } from './run-week.ts';
import { tableOf } from './table.ts';

const bounds = { justInTime: 200, justInTimeBought: 0, justInTimeExpired: 0, cheapest: 190 };

function figures(change: {
  bought?: number;
  spent?: number;
  expired?: number;
  outMinutes?: number;
}): RunFigures {
  const { bought = 100, spent = 20_000, expired = 2, outMinutes = 0 } = change;
  const amounts = {
    bought: toSteps(bought),
    expired: toSteps(expired),
    used: toSteps(98),
    demand: toSteps(98),
  };
  return figuresOf({ ...emptyTally(), ...amounts, spent, outMinutes, orders: 60, cancels: 3 }, bounds, 1440);
}

function pair(stack: RunFigures): Pair {
  const application = { instrument: 'x', demand: demandOf('trace', [1]), book: openMarket('calm', 1, 1) };
  return { application, stack, backtest: figures({}) };
}

const namesOf = (stack: RunFigures) => compare([pair(stack)]).map(({ name, tooFar }) => [name, [...tooFar]]);

describe('the comparison', () => {
  it('allows a tenth, for each and for all together', () => {
    expect(namesOf(figures({ bought: 109.9, spent: 21_900 }))).toEqual([
      ['x: trace, calm-1', []],
      ['all', []],
    ]);
    expect(namesOf(figures({ bought: 111, spent: 22_100 }))).toEqual([
      ['x: trace, calm-1', ['bought', 'spent', 'cost']],
      ['all', ['bought', 'spent', 'cost']],
    ]);
    expect(namesOf(figures({ spent: 17_900 }))[0]?.[1]).toEqual(['spent', 'cost']);
  });

  it('allows a little more where the figure itself is little', () => {
    expect(namesOf(figures({ expired: 2.4, outMinutes: 3 }))[0]?.[1]).toEqual([]);
    expect(namesOf(figures({ expired: 2.6, outMinutes: 4 }))[0]?.[1]).toEqual(['waste', 'out']);
  });

  it('weighs each by its size when it takes all together', () => {
    const large = { ...pair(figures({})), backtest: figures({}) };
    const comparisons = compare([large, large, large, pair(figures({ spent: 23_000 }))]);
    expect(comparisons.map(({ tooFar }) => tooFar.has('spent'))).toEqual([false, false, false, true, false]);
    expect(comparisons.at(-1)?.stack.spent).toBe(830);
  });

  it('is shown as a table that marks what differs too much', () => {
    const table = tableOf(compare([pair(figures({ spent: 23_000, outMinutes: 1 }))]));
    expect(table.split('\n')).toHaveLength(8);
    expect(table).toMatch(/\| difference \| +0 \| +0 \| ! \+15\.0 % \| ! \+15\.0 % \| +0 \| from 0 \|/);
  });
});

describe('the command line', () => {
  it('is a week unless it says otherwise', () => {
    expect(parseCommandLine([])).toEqual({ days: 7 });
    expect(parseCommandLine(['--days', '2'])).toEqual({ days: 2 });
    expect(parseCommandLine(['--help'])).toBe('help');
  });

  it.each([
    ['--days', '1'],
    ['--days', '15'],
    ['--days', 'x'],
    ['--dayz', '3'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseCommandLine(args)).toThrow(/day/);
  });
});
