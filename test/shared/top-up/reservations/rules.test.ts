import { describe, expect, it } from 'vitest';
import { unitsProblem, windowProblems } from '../../../../shared/top-up/reservations/rules.ts';
import { usd } from '../../../support/sample-order.ts';
import { hourMs } from '../../../support/sample-reservation.ts';
import { testEpoch } from '../../../support/virtual-clock.ts';

const dayMs = 24 * hourMs;
const wrongIn = (neededFrom: number | undefined, neededUntil: number | undefined): string[] =>
  windowProblems(
    {
      ...(neededFrom === undefined ? {} : { neededFrom }),
      ...(neededUntil === undefined ? {} : { neededUntil }),
    },
    testEpoch,
  ).map(({ field, message }) => `${field} ${message}`);

describe('the window of a reservation', () => {
  it.each([
    ['may run already', testEpoch - hourMs, testEpoch + 1],
    ['may last 24 hours', testEpoch + hourMs, testEpoch + hourMs + dayMs],
    ['may begin in 30 days', testEpoch + 30 * dayMs, testEpoch + 30 * dayMs + 1],
  ])('%s', (_what, neededFrom, neededUntil) => {
    expect(wrongIn(neededFrom, neededUntil)).toEqual([]);
  });

  it.each([
    [testEpoch - hourMs, testEpoch, 'neededUntil must be in the future'],
    [testEpoch + 2, testEpoch + 2, 'neededUntil must be after neededFrom'],
    [testEpoch, testEpoch + dayMs + 1, 'neededUntil must be at most 24 hours after neededFrom'],
    [undefined, testEpoch, 'neededUntil must be in the future'],
  ])('%s to %s: %s', (neededFrom, neededUntil, problem) => {
    expect(wrongIn(neededFrom, neededUntil)).toEqual([problem]);
  });

  it('is told both of its problems', () => {
    expect(wrongIn(testEpoch + 30 * dayMs + 1, testEpoch + hourMs)).toEqual([
      'neededFrom must be at most 30 days ahead',
      'neededUntil must be after neededFrom',
    ]);
  });
});

it('ten of the largest orders are the most that can be reserved', () => {
  expect(unitsProblem(usd('1000'), { maximumQuantity: 100n })).toBeUndefined();
  expect(unitsProblem(usd('1000.00000001'), { maximumQuantity: 100n })).toContain('1000 Units, 10 times');
});
