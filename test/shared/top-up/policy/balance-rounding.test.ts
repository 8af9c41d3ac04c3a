import { describe, expect, it } from 'vitest';
import {
  countWholeFalls,
  isRoundedDown,
  unroundedBalance,
} from '../../../../shared/top-up/policy/balance-rounding.ts';
import { runAccount } from './support/observations.ts';

describe('a balance that shows whole Units only', () => {
  it('is known by three falls without a fraction', () => {
    const falls = [
      [7, 6],
      [6, 6],
      [6, 5],
      [5, 3],
    ] as const;
    const count = falls.reduce((sum, [before, balance]) => countWholeFalls(sum, before, balance, true), 0);
    expect(isRoundedDown(count)).toBe(true);
    expect(isRoundedDown(countWholeFalls(count, 3, 2.5, true))).toBe(false);
  });

  it('is estimated from what should be left, within what the reading allows', () => {
    expect(unroundedBalance(3, 3.9, 0.1, 1)).toBeCloseTo(3.8);
    expect(unroundedBalance(3, 3.05, 0.1, 1)).toBe(3);
    expect(unroundedBalance(3, 9, 0.1, 1)).toBeCloseTo(3.999);
  });

  it('is never thought to hold on for ever at 0', () => {
    expect(unroundedBalance(0, 0.75, 0, 60)).toBeCloseTo(0.25);
  });

  it.each([0.01, 0.1, 1])('costs little at %f Units a minute', (rate) => {
    const demand = (at: number) => rate * (1 + 0.5 * Math.sin(at));
    const exact = runAccount({ demand, minutes: 1_440 });
    const rounded = runAccount({ demand, minutes: 1_440, isRoundedDown: true });
    expect(isRoundedDown(rounded.state.wholeFalls)).toBe(true);
    expect(isRoundedDown(exact.state.wholeFalls)).toBe(false);
    expect(rounded.bought).toBeLessThan(exact.bought * 1.1 + 2);
    expect(rounded.unserved).toBeLessThan(0.01 * rounded.used);
  });
});
