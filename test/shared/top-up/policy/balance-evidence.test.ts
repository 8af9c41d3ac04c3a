import { describe, expect, it } from 'vitest';
import {
  noEvidence,
  unitsNotShown,
  weighBalance,
} from '../../../../shared/top-up/policy/balance-evidence.ts';
import { minute, monday, runAccount } from './support/observations.ts';

const fill = { at: monday - 30_000, quantity: 5, price: '2.00' };
const reading = {
  now: monday,
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
    const { evidence, arrived } = weighBalance(noEvidence, reading);
    expect(arrived).toHaveLength(1);
    expect(unitsNotShown(evidence)).toBe(0);
  });

  it('does not show one when it fell as if nothing had been bought', () => {
    const missing = weighBalance(noEvidence, { ...reading, balance: 0.4 });
    expect(unitsNotShown(missing.evidence)).toBe(5);
    const later = weighBalance(missing.evidence, {
      ...reading,
      now: monday + 6 * minute,
      fills: [],
      balance: 5,
      stock: 0.1,
      before: 0.1,
    });
    expect(unitsNotShown(later.evidence)).toBe(0);
    expect(later.evidence.lagMinutes).toBeCloseTo(6.5);
  });

  it('takes a purchase for used when an account was empty before and is again', () => {
    const { evidence } = weighBalance(noEvidence, { ...reading, balance: 0, stock: 0, before: 0 });
    expect(unitsNotShown(evidence)).toBe(0);
  });
});

const demand = () => 0.1;

describe('an account whose balance', () => {
  const minutes = 2 * 1_440;
  const usual = runAccount({ demand, minutes });

  it('lags by ten minutes is bought little more than it uses, and is learnt', () => {
    const run = runAccount({ demand, minutes, lagMinutes: 10 });
    expect(run.bought).toBeLessThan(usual.bought * 1.1);
    expect(run.state.evidence.lagMinutes).toBeGreaterThan(5);
    expect(run.unserved).toBeLessThan(0.05 * run.used);
  });

  it('is rounded down is bought little more than it uses', () => {
    const run = runAccount({ demand, minutes, isRoundedDown: true });
    expect(run.bought).toBeLessThan(usual.bought * 1.1);
    expect(run.unserved).toBeLessThan(0.01 * run.used);
  });

  it('is exact and at once is never taken for a lagging or rounded one', () => {
    expect(usual.state.evidence.lagMinutes).toBeLessThan(1.5);
    expect(usual.state.evidence.wholeFalls).toBe(0);
    expect(usual.unserved).toBeLessThan(1);
  });
});
