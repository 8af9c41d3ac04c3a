import { describe, expect, it } from 'vitest';
import {
  type LagEvidence,
  longestLag,
  noEvidence,
  possibleLag,
  weighRise,
} from '../../../../shared/top-up/policy/lag-evidence.ts';
import { minute, monday } from './support/observations.ts';

/** Readings every minute of purchases (Units by minute) that show so many minutes later, less what was used. */
function watched(purchases: readonly number[], lag: number, used = 0.1, before = noEvidence): LagEvidence {
  return purchases.reduce((evidence, units, at) => {
    const to = monday + at * minute;
    const bought = units === 0 ? [] : [{ from: to - minute, told: to, units }];
    const rise = (purchases[at - lag] ?? 0) - used;
    return weighRise(evidence, { from: to - minute, to, units: rise, purchases: bought });
  }, before);
}

const now = [1, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];

describe('what rises of a balance say about its lag', () => {
  it('is nothing before the first', () => {
    expect(possibleLag(noEvidence)).toEqual({ least: 0, most: longestLag });
    expect(possibleLag(watched([1, 0, 0], 5))).toEqual({ least: 0, most: longestLag });
  });

  it('is after one purchase that shows at once that there is none', () => {
    expect(possibleLag(watched([1], 0))).toEqual({ least: 0, most: 1 });
  });

  it.each([3, 7, 14])('finds a lag of %i minutes', (lag) => {
    const { least, most } = possibleLag(watched(now, lag));
    expect(least).toBe(lag);
    expect(most).toBeLessThanOrEqual(lag + 1);
  });

  it('leaves open what equal purchases in every minute cannot tell', () => {
    const { least, most } = possibleLag(
      watched(
        Array.from({ length: 60 }, () => 1),
        4,
      ),
    );
    expect(least).toBe(0);
    expect(most).toBeGreaterThanOrEqual(4);
  });

  it('is not misled by Units that somebody else bought', () => {
    const foreign = { from: monday + 30 * minute, to: monday + 31 * minute, units: 9, purchases: [] };
    expect(possibleLag(weighRise(watched(now, 3), foreign)).least).toBe(3);
  });

  it('follows a lag that begins', () => {
    const later = watched([...now, ...now], 5, 0.1, watched(now, 0));
    expect(possibleLag(later).least).toBe(5);
  });
});
