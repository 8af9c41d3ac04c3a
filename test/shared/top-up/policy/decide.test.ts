import { describe, expect, it } from 'vitest';
import { decideTopUp } from '../../../../shared/top-up/policy/decide.ts';
import { day, hour, monday, observation, runAccount, stage } from './support/observations.ts';

const steady = () => 0.2;
const officeHours = (at: number) => (at % 1_440 >= 480 && at % 1_440 < 1_080 ? 0.05 : 0);
/** One report on the first day shows that refusals are reported. */
const refusedOnce = (at: number) => (at === 600 ? { wasRefused: true } : {});

describe('the adaptive top-up', () => {
  it('begins with one Unit, at once', () => {
    const { orders, explanation } = decideTopUp(stage, undefined, observation());
    expect(orders).toEqual([{ purpose: 'urgent', quantity: 1, limitPrice: '2.50' }]);
    expect(explanation.words).toContain('Buy at once 1 at 2.50 USD or less');
  });

  it('learns steady use: serves it all, wastes nothing, and bids patiently', () => {
    const run = runAccount({ demand: steady, minutes: 3 * 1_440 });
    expect(run.unserved).toBeLessThan(1);
    expect(run.expired).toBeLessThan(1);
    const late = run.reviews.slice(1_440).flatMap(({ decision }) => decision.orders);
    expect(late.filter(({ purpose }) => purpose === 'urgent')).toEqual([]);
    expect(late.length).toBeGreaterThan(10);
  });

  it('does not take expiry for use', () => {
    const run = runAccount({ demand: (at) => (at < 30 ? 0.1 : 0), minutes: 1_440 });
    expect(run.expired).toBeGreaterThan(0);
    expect(run.state.slowRate).toBeLessThan(0.001);
    expect(run.bought).toBeLessThan(14);
  });

  it('orders more while an empty account hides how much is wanted', () => {
    const run = runAccount({ demand: (at) => (at < 120 ? 0.02 : 3), minutes: 180 });
    expect(run.reviews.at(-1)?.balance).toBeGreaterThan(3);
    expect(run.unserved).toBeLessThan(30);
  });

  it('lets stock run out in idle hours that it has learnt, where refusals are reported', () => {
    const hours = { demand: officeHours, minutes: 6 * 1_440 };
    const told = refusedOnce;
    const keepsOneReady = runAccount({
      ...hours,
      told,
      hasWakeUp: true,
      parameters: { ...stage, sleepCost: 0 },
    });
    const sleeps = runAccount({ ...hours, told, hasWakeUp: true });
    expect(sleeps.expired).toBeLessThan(keepsOneReady.expired - 2);
    expect(sleeps.unserved).toBeLessThanOrEqual(keepsOneReady.unserved + 0.5);
    const blind = runAccount(hours);
    expect(blind.reviews.some(({ decision }) => decision.explanation.reason === 'asleep')).toBe(false);
    expect(blind.unserved).toBeLessThan(0.1);
  });

  it('keeps a Unit ready again when nobody has reported a refusal for long', () => {
    const demand = (at: number) => (at < 3 * 1_440 ? officeHours(at) : 0);
    const run = runAccount({ demand, minutes: 7 * 1_440, told: refusedOnce, hasWakeUp: true });
    const reasons = run.reviews.slice(-2 * 1_440).map(({ decision }) => decision.explanation.reason);
    expect(reasons).toContain('enough');
    expect(run.reviews.at(-1)?.decision.explanation.reason).not.toBe('asleep');
  });

  it('never lets stock run out where nobody would say that it is wanted again', () => {
    const run = runAccount({ demand: officeHours, minutes: 6 * 1_440 });
    expect(run.reviews.some(({ decision }) => decision.explanation.reason === 'asleep')).toBe(false);
  });

  it('wakes at a refusal', () => {
    const demand = (at: number) => (at === 5 * 1_440 + 150 ? 0.02 : officeHours(at));
    const run = runAccount({ demand, minutes: 5 * 1_440 + 152, told: refusedOnce, hasWakeUp: true });
    expect(run.reviews.at(-2)?.decision.explanation.reason).toBe('asleep');
    expect(run.reviews.at(-1)?.decision.orders).toEqual([
      { purpose: 'urgent', quantity: 1, limitPrice: '2.50' },
    ]);
  });

  it('has a batch’s Units ready before it begins, bought patiently', () => {
    const neededFrom = monday + day + 12 * hour;
    const batch = { reservationId: 'batch', units: '30', neededFrom, neededUntil: neededFrom + hour };
    const minutes = 1_440 + 12 * 60 + 1;
    const demand = () => 0.01;
    const usual = runAccount({ demand, minutes });
    const run = runAccount({ demand, minutes, told: () => ({ reservations: [batch] }) });
    const extra = (before: number) =>
      (run.reviews.at(-1 - before)?.balance ?? 0) - (usual.reviews.at(-1 - before)?.balance ?? 0);
    expect(extra(120)).toBeLessThan(1);
    expect(extra(0)).toBeGreaterThan(29);
    expect(extra(0)).toBeLessThan(32);
    const orders = run.reviews.slice(-100).flatMap(({ decision }) => decision.orders);
    expect(orders.every(({ purpose }) => purpose === 'patient')).toBe(true);
  });

  it('degrades gently when it looks only every quarter of an hour', () => {
    const minutes = 2 * 1_440;
    const usual = runAccount({ demand: steady, minutes });
    const seldom = runAccount({ demand: steady, minutes, reviewEvery: 15 });
    expect(seldom.bought).toBeLessThan(usual.bought * 1.3);
    expect(seldom.unserved).toBeLessThan(0.1 * usual.used);
  });

  it.each(['', '-1', 'NaN', '1e3', 'many'])('buys nothing on a balance of %j', (balance) => {
    const decision = decideTopUp(stage, undefined, observation({ balance }));
    expect(decision).toMatchObject({
      orders: [],
      cancels: [],
      explanation: { reason: 'balance-unreadable' },
    });
  });

  it('explains itself in words and numbers', () => {
    const run = runAccount({ demand: steady, minutes: 1_440 });
    for (const { decision } of run.reviews) {
      const { words, figures, reason } = decision.explanation;
      expect(words).toMatch(/^[A-Z].*\.$/);
      expect(words).not.toMatch(/undefined|NaN|Infinity/);
      expect(reason).toMatch(/^[a-z-]+$/);
      expect(Object.values(figures).every(Number.isFinite)).toBe(true);
      expect(figures['level']).toBeGreaterThanOrEqual(figures['reorderPoint'] ?? Number.NaN);
    }
  });

  it('changes nothing that it is given', () => {
    const { state } = runAccount({ demand: steady, minutes: 300 });
    const copy = structuredClone(state);
    const seen = observation({ now: monday + 5 * hour, balance: '0.1' });
    const first = decideTopUp(stage, state, seen);
    expect(state).toEqual(copy);
    expect(decideTopUp(stage, state, seen)).toEqual(first);
  });
});
