import { describe, expect, it } from 'vitest';
import { expiringUnused, explainBalance, unitsIn, withLots } from '../../../../shared/top-up/policy/lots.ts';
import { hour, minute, monday } from './support/observations.ts';

const life = 4 * hour;
const lot = (expiresAt: number, remaining: number) => ({ expiresAt, remaining });

describe('a balance explained by lots', () => {
  it('takes a fall for use, of the oldest lot first', () => {
    const lots = [lot(monday + minute, 1), lot(monday + hour, 1)];
    const change = explainBalance(lots, 0.6, monday, 0, life, 0);
    expect(change.used).toBeCloseTo(1.4);
    expect(change.lots).toEqual([lot(monday + hour, expect.closeTo(0.6) as number)]);
  });

  it('takes what has expired for expiry, but for what the usual rate explains', () => {
    const lots = [lot(monday - 1, 0.8), lot(monday + hour, 1)];
    const change = explainBalance(lots, 1, monday, 0.1, life, 15 * minute);
    expect(change.used).toBeCloseTo(0.1);
    expect(change.proven).toBe(0);
    expect(unitsIn(change.lots)).toBeCloseTo(1);
  });

  it('gives Units that nobody bought here a life from now on', () => {
    const change = explainBalance([lot(monday + hour, 1)], 3, monday, 0, life, 0);
    expect(change).toEqual({
      used: 0,
      proven: 0,
      foreign: 2,
      lots: [lot(monday + hour, 1), lot(monday + life, 2)],
    });
  });
});

describe('lots', () => {
  it('of one minute become one, in the order in which they expire', () => {
    const lots = withLots(
      [lot(monday + hour, 1), lot(monday + 2 * hour, 2)],
      [lot(monday + hour + 30_000, 3)],
    );
    expect(lots).toEqual([lot(monday + hour, 4), lot(monday + 2 * hour, 2)]);
  });
});

describe('Units that will expire unused', () => {
  it('are those that the rate does not use in time', () => {
    const lots = [lot(monday + 2 * minute, 1), lot(monday + hour, 5)];
    expect(expiringUnused(lots, monday, monday + 3 * minute, 0.1 / minute)).toBeCloseTo(0.8);
    expect(expiringUnused(lots, monday, monday + 3 * minute, 1 / minute)).toBe(0);
  });

  it('does not take for new what has expired and is still shown, nor its going for use', () => {
    const expired = lot(monday - 60_000, 2);
    const shown = explainBalance([expired, lot(monday + hour, 1)], 3, monday, 0, life, 15 * minute);
    expect(shown).toEqual({ used: 0, proven: 0, foreign: 0, lots: [expired, lot(monday + hour, 1)] });
    const gone = explainBalance(shown.lots, 1, monday + 60_000, 0, life, 15 * minute);
    expect(gone).toEqual({ used: 0, proven: 0, foreign: 0, lots: [lot(monday + hour, 1)] });
  });

  it('takes a fall for no use while what has expired may still be shown', () => {
    const expired = [lot(monday - 12 * minute, 5), lot(monday + hour, 1)];
    const shown = explainBalance(expired, 6, monday, 0, life, 15 * minute);
    expect(explainBalance(shown.lots, 1, monday + 2 * minute, 0, life, 15 * minute).used).toBe(0);
    expect(explainBalance(expired, 6, monday, 0, life, 10 * minute).foreign).toBe(5);
  });
});
