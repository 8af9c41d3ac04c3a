import { describe, expect, it } from 'vitest';
import { decideTopUp } from '../../../../shared/top-up/policy/decide.ts';
import { readTopUpState } from '../../../../shared/top-up/policy/stored-state.ts';
import { day, minute, monday, observation, runAccount, stage } from './support/observations.ts';

const { state } = runAccount({ demand: (at) => (at % 60 < 30 ? 0.2 : 0), minutes: 2 * 1_440 });

describe('a stored state', () => {
  it('decides the same after it was written and read', () => {
    const next = observation({ now: monday + 2 * day, balance: '0.3' });
    const copy: unknown = JSON.parse(JSON.stringify(state));
    expect(copy).toEqual(state);
    expect(decideTopUp(stage, readTopUpState(copy), next)).toEqual(decideTopUp(stage, state, next));
  });

  it('of before it was noted when the market was last seen was left by a review that has seen it', () => {
    const { at: _at, ...market } = state.market;
    expect(readTopUpState({ ...state, market })).toEqual({ ...state, market: { ...market, at: state.at } });
    expect(readTopUpState({ ...state, market: { ...market, at: 'noon' } })?.market.at).toBe(state.at);
  });

  it('is small: finished days apart, it fits two kilobytes and a half', () => {
    const { days, ...rest } = state;
    expect(Object.keys(days)).toEqual(['2026-11-23', '2026-11-24']);
    expect(JSON.stringify(rest).length).toBeLessThan(2_500);
    expect(JSON.stringify(days['2026-11-23']).length).toBeLessThan(2_500);
  });

  it.each([
    ['nothing', null],
    ['text', 'state'],
    ['another version', { ...state, version: 2 }],
    ['a missing field', { ...state, lots: undefined }],
    ['a number that is none', { ...state, fastRate: null }],
    ['a broken lot', { ...state, lots: [{ expiresAt: 'soon', remaining: 1 }] }],
    ['a short day', { ...state, days: { '2026-11-23': [1, 2] } }],
    ['a day without a date', { ...state, days: { yesterday: state.days['2026-11-23'] } }],
  ])('is taken for none when it is %s', (_, broken) => {
    expect(readTopUpState(broken)).toBeUndefined();
    const seen = observation({ now: monday + 2 * day });
    expect(decideTopUp(stage, broken as never, seen)).toEqual(decideTopUp(stage, undefined, seen));
  });

  it('of an instrument that comes back after a month buys carefully, as on the first day', () => {
    const seen = observation({ now: monday + 32 * day });
    const { orders } = decideTopUp(stage, state, seen);
    expect(orders).toEqual([expect.objectContaining({ purpose: 'urgent', quantity: 1 })]);
  });

  it('survives a clock that goes back', () => {
    const seen = observation({ now: monday + minute, balance: '3' });
    const { state: after, orders } = decideTopUp(stage, state, seen);
    expect(after.at).toBe(seen.now);
    expect(orders).toEqual([]);
    expect(Math.max(...after.lots.map(({ expiresAt }) => expiresAt))).toBeLessThanOrEqual(
      seen.now + 240 * minute,
    );
  });
});
