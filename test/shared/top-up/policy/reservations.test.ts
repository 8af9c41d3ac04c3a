import { describe, expect, it } from 'vitest';
import { followBatches, reservedUnits } from '../../../../shared/top-up/policy/reservations.ts';
import { hour, minute, monday } from './support/observations.ts';

const life = 240;
const batch = {
  reservationId: 'nightly',
  units: '40',
  neededFrom: monday + 6 * hour,
  neededUntil: monday + 7 * hour,
};
const at = (now: number) => reservedUnits([batch], {}, now, life);

describe('Units held for a batch', () => {
  it('are not bought too early, then patiently, then at any allowed price, and no more after it', () => {
    expect(at(batch.neededFrom - 2 * hour)).toEqual({ wanted: 0, due: 0 });
    expect(at(batch.neededFrom - 60 * minute)).toEqual({ wanted: 40, due: 0 });
    expect(at(batch.neededFrom - 10 * minute)).toEqual({ wanted: 40, due: 40 });
    expect(at(batch.neededUntil)).toEqual({ wanted: 0, due: 0 });
  });

  it('are not bought so early that they expire before a long batch ends', () => {
    const long = { ...batch, neededUntil: batch.neededFrom + 3.5 * hour };
    expect(reservedUnits([long], {}, long.neededFrom - 40 * minute, life).wanted).toBe(0);
    expect(reservedUnits([long], {}, long.neededFrom - 20 * minute, life).wanted).toBe(40);
  });

  it('shrink by what the batch uses beyond the usual', () => {
    const use = { units: 11, minutes: 10, usualRate: 0.1 };
    const batches = followBatches({}, [batch], batch.neededFrom + 10 * minute, use);
    expect(batches['nightly']).toEqual({ usualRate: 0.1, used: 10 });
    expect(reservedUnits([batch], batches, batch.neededFrom + 10 * minute, life).due).toBe(30);
  });

  it('are not counted twice when two batches run at once', () => {
    const other = { ...batch, reservationId: 'other', units: '4' };
    const batches = followBatches({}, [other, batch], batch.neededFrom + minute, {
      units: 10,
      minutes: 1,
      usualRate: 0,
    });
    expect(batches).toEqual({ other: { usualRate: 0, used: 4 }, nightly: { usualRate: 0, used: 6 } });
  });
});
