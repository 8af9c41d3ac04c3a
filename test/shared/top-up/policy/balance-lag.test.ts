import { describe, expect, it } from 'vitest';
import {
  type BalanceLag,
  isBlind,
  isPrompt,
  lagOf,
  noLag,
  unitsNotShown,
  weighReading,
} from '../../../../shared/top-up/policy/balance-lag.ts';
import { leadMinutes } from '../../../../shared/top-up/policy/state.ts';
import { minute, monday, runAccount } from './support/observations.ts';

const fill = { at: monday - 30_000, quantity: 5, price: '2.00' };
const reading = {
  now: monday,
  minutes: 1,
  reviewMinutes: 1,
  balance: 5.4,
  fills: [fill],
  stock: 0.5,
  before: 0.5,
  provenPeak: 0,
  isSurelyIdle: false,
};
const shown = weighReading(noLag, reading);
const missing = weighReading(noLag, { ...reading, balance: 0.4 });

describe('what a balance says about purchases', () => {
  it('shows a purchase that it contains, and thereby that it shows them at once', () => {
    expect(shown.arrived).toHaveLength(1);
    expect(unitsNotShown(shown.lag)).toBe(0);
    expect([isPrompt(noLag, 1), isPrompt(shown.lag, 1)]).toEqual([false, true]);
  });

  it('misses one when it only fell, and learns how late it comes', () => {
    expect(unitsNotShown(missing.lag)).toBe(5);
    const later = { ...reading, now: monday + 6 * minute, fills: [], balance: 5, stock: 0.1, before: 0.1 };
    const { lag } = weighReading(missing.lag, later);
    expect(unitsNotShown(lag)).toBe(0);
    expect(lagOf(lag, 1)).toEqual({ least: 6, most: 6 });
  });

  it('waits for a purchase that did not show no longer than the longest lag', () => {
    const falling = { ...reading, fills: [], balance: 0.3, stock: 0.4, before: 0.4 };
    const arrivedAfter = (minutes: number) =>
      weighReading(missing.lag, { ...falling, now: monday + minutes * minute });
    expect(arrivedAfter(29).arrived).toHaveLength(0);
    expect(arrivedAfter(30).arrived).toHaveLength(1);
  });

  it('is believed after it has shown a purchase at once', () => {
    const next = { ...reading, now: monday + minute, balance: 5.1, before: 5.4, stock: 5.4 };
    expect(unitsNotShown(weighReading(shown.lag, next).lag)).toBe(0);
  });

  it('takes fills of the same moment for one purchase', () => {
    const both = weighReading(noLag, { ...reading, balance: 0.4, fills: [fill, fill] });
    expect(both.lag.uncertain).toEqual([
      { at: fill.at, told: monday, units: 10, isThoughtUsed: false },
    ] satisfies BalanceLag['uncertain']);
  });

  it('leaves it open, when empty before and after, only as far as use was ever proven', () => {
    const empty = { ...reading, balance: 0, before: 0, stock: 0 };
    expect(unitsNotShown(weighReading(noLag, empty).lag)).toBe(5);
    const used = weighReading(noLag, { ...empty, provenPeak: 2 });
    expect([unitsNotShown(used.lag), used.thoughtUsed]).toEqual([0, 5]);
    expect(unitsNotShown(weighReading(noLag, { ...empty, provenPeak: 2, isSurelyIdle: true }).lag)).toBe(5);
  });
});

const demand = (at: number) => 0.1 * (1 + 0.5 * Math.sin(at));

describe('an account whose balance', () => {
  const minutes = 1_440;
  const usual = runAccount({ demand, minutes });

  it.each([3, 10])('lags by %i minutes is bought little more than it uses', (lagMinutes) => {
    const run = runAccount({ demand, minutes, lagMinutes });
    expect(run.bought).toBeLessThan(usual.bought * 1.1);
    expect(leadMinutes(run.state)).toBeGreaterThanOrEqual(lagMinutes - 1);
    expect(run.unserved).toBeLessThan(0.05 * run.used);
  });

  it('never shows anything is not bought for without end', () => {
    const run = runAccount({ demand, minutes, lagMinutes: Number.POSITIVE_INFINITY });
    expect(run.bought).toBeLessThan(1_500);
    expect(run.reviews.some(({ decision }) => decision.explanation.reason === 'balance-never-shows')).toBe(
      true,
    );
    expect(isBlind({ ...noLag, thoughtUsed: 60 }, 0)).toBe(true);
    expect(isBlind({ ...noLag, thoughtUsed: 60 }, 10)).toBe(false);
  });

  it('is shown at once is never taken for a lagging one', () => {
    expect(leadMinutes(usual.state)).toBe(0);
    expect(usual.unserved).toBeLessThan(1);
  });

  it('is read every five minutes is served', () => {
    const run = runAccount({ demand, minutes, reviewEvery: 5 });
    expect(leadMinutes(run.state)).toBe(0);
    expect(run.unserved).toBeLessThan(0.01 * run.used);
    expect(run.bought).toBeLessThan(usual.bought * 1.1);
  });
});
