import { describe, expect, it } from 'vitest';
import { isBlind, noLag, unitsNotShown, weighReading } from '../../../../shared/top-up/policy/balance-lag.ts';
import { minute, monday, runAccount } from './support/observations.ts';

const fill = { at: monday - 30_000, quantity: 5, price: '2.00' };
const reading = {
  now: monday,
  minutes: 1,
  balance: 5.4,
  fills: [fill],
  stock: 0.5,
  expectedUse: 0.1,
  before: 0.5,
  provenPeak: 0,
  isSurelyIdle: false,
};

describe('what a balance says about purchases', () => {
  it('shows a purchase that it contains', () => {
    const { lag, arrived } = weighReading(noLag, reading);
    expect(arrived).toHaveLength(1);
    expect([unitsNotShown(lag), lag.minutes, lag.proofs]).toEqual([0, 0, 1]);
  });

  it('misses one when it fell as if nothing had been bought, and learns how late it comes', () => {
    const missing = weighReading(noLag, { ...reading, balance: 0.4 });
    expect(unitsNotShown(missing.lag)).toBe(5);
    const later = { ...reading, now: monday + 6 * minute, fills: [], balance: 5, stock: 0.1, before: 0.1 };
    const { lag } = weighReading(missing.lag, later);
    expect(unitsNotShown(lag)).toBe(0);
    expect(lag.minutes).toBeCloseTo(6.5);
  });

  it('is believed at once after it has often shown purchases at once', () => {
    const { lag } = weighReading({ ...noLag, proofs: 20 }, { ...reading, balance: 0.4 });
    expect(unitsNotShown(lag)).toBe(0);
  });

  it('leaves it open, when empty before and after, only as far as use was ever seen', () => {
    const empty = { ...reading, balance: 0, before: 0, stock: 0 };
    expect(unitsNotShown(weighReading(noLag, empty).lag)).toBe(5);
    expect(unitsNotShown(weighReading(noLag, { ...empty, provenPeak: 2 }).lag)).toBe(0);
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
    expect(run.state.lag.minutes).toBeGreaterThanOrEqual(lagMinutes - 1);
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
    expect(usual.state.lag.minutes).toBe(0);
    expect(usual.unserved).toBeLessThan(1);
  });

  it('is read every five minutes is served', () => {
    const run = runAccount({ demand, minutes, reviewEvery: 5 });
    expect(run.state.lag.minutes).toBe(0);
    expect(run.unserved).toBeLessThan(0.01 * run.used);
    expect(run.bought).toBeLessThan(usual.bought * 1.1);
  });
});
