import { describe, expect, it } from 'vitest';
import { type BalanceReading, followLots, type Purchase } from '../../../local/report/follow-lots.ts';
import { decimalScale } from '../../../shared/ledger/decimal.ts';

const minute = 60_000;
const units = (amount: number) => BigInt(Math.round(amount * 100)) * (decimalScale / 100n);
/** A balance for every minute, held from each given minute to the next. */
function readings(balances: Readonly<Record<number, number>>, minutes: number): readonly BalanceReading[] {
  let usable = 0n;
  return Array.from({ length: minutes }, (_, at) => {
    const given = balances[at];
    if (given !== undefined) usable = units(given);
    return { at: at * minute, usable };
  });
}
const purchase = (amount: number, at: number, recorded = at + 1): Purchase => ({
  units: units(amount),
  earliest: at * minute + 2_000,
  latest: recorded * minute + 1_000,
});
function totals(balances: Readonly<Record<number, number>>, purchases: readonly Purchase[], minutes = 400) {
  const { moves, onTheWay } = followLots(readings(balances, minutes), purchases);
  const sum = (name: 'arrived' | 'appeared' | 'used' | 'expired') =>
    Number(moves.reduce((all, move) => all + move[name], 0n)) / Number(decimalScale);
  return {
    arrived: sum('arrived'),
    appeared: sum('appeared'),
    used: sum('used'),
    expired: sum('expired'),
    onTheWay: Number(onTheWay) / Number(decimalScale),
  };
}
const nothing = { arrived: 0, appeared: 0, used: 0, expired: 0, onTheWay: 0 };

describe('lots', () => {
  it('expire four hours after they came: what is left of them', () => {
    expect(totals({ 11: 5, 60: 3.5, 251: 0 }, [purchase(5, 10)])).toEqual({
      ...nothing,
      arrived: 5,
      used: 1.5,
      expired: 3.5,
    });
  });

  it('are used oldest first: what falls before their end was used', () => {
    // The first lot was used up by minute 200; the second one ends at 341.
    expect(totals({ 11: 5, 101: 10, 200: 4, 342: 0 }, [purchase(5, 10), purchase(5, 100)])).toEqual({
      ...nothing,
      arrived: 10,
      used: 6,
      expired: 4,
    });
  });

  it('may end while others stay', () => {
    expect(totals({ 11: 5, 101: 10, 251: 5 }, [purchase(5, 10), purchase(5, 100)], 300)).toEqual({
      ...nothing,
      arrived: 10,
      expired: 5,
    });
  });

  it('count as late as balances are, and not as coming from elsewhere', () => {
    // Recorded at 11, shown at 18.
    expect(totals({ 18: 5 }, [purchase(5, 10)], 100)).toEqual({ ...nothing, arrived: 5 });
  });

  it('come even if no rise shows them, a quarter of an hour later: then as much was used', () => {
    expect(totals({ 1: 5, 11: 5 }, [purchase(5, 0), purchase(3, 10)], 100)).toEqual({
      ...nothing,
      arrived: 8,
      used: 3,
    });
    expect(totals({ 1: 5 }, [purchase(5, 0), purchase(3, 10)], 20)).toEqual({
      ...nothing,
      arrived: 5,
      onTheWay: 3,
    });
  });

  it('may have been bought by somebody else', () => {
    expect(totals({ 11: 7.25, 252: 0 }, [purchase(5, 10)])).toEqual({
      ...nothing,
      arrived: 5,
      appeared: 2.25,
      expired: 7.25,
    });
  });

  it('that were there at the beginning are taken to be new', () => {
    expect(totals({ 0: 4, 100: 3, 240: 0 }, [])).toEqual({ ...nothing, used: 1, expired: 3 });
  });
});
