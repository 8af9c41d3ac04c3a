import { expect, it } from 'vitest';
import { assemblyDirectory } from '../global-setup.ts';
import { compare } from './compare.ts';
import { runWeek } from './run-week.ts';
import { tableOf } from './table.ts';

const minutes = 100;

/** The short version of `npm run week`. */
it('buys through the deployed bundles what the backtest buys', async () => {
  const { pairs, errors, isConserved } = await runWeek({ assemblyDirectory, minutes, learningMinutes: 0 });
  const comparisons = compare(pairs);
  const differences = comparisons.filter(({ tooFar }) => tooFar.size > 0);
  expect(differences, tableOf(comparisons)).toEqual([]);
  expect([errors, isConserved]).toEqual([[], true]);
  const bought = comparisons.map(({ stack }) => stack.bought);
  expect(Math.min(...bought)).toBeGreaterThan(0);
});
