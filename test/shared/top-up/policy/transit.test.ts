import { describe, expect, it } from 'vitest';
import { followTransit, noTransit } from '../../../../shared/top-up/policy/transit.ts';
import { minute, monday } from './support/observations.ts';

describe('Units on their way', () => {
  it('tell how long they take when they arrive, first come first', () => {
    const told = [3, 5, 5, 2, 0] as const;
    const minutes = [0, 2, 4, 6, 9] as const;
    let transit = noTransit;
    const learnt = told.map((units, index) => {
      transit = followTransit(transit, units, monday + (minutes[index] ?? 0) * minute);
      return transit.minutes;
    });
    expect(learnt).toEqual([0, 0, 0, 6, 7]);
    expect(transit.parts).toEqual([]);
  });

  it('are believed to take less only slowly, and never for ever', () => {
    const later = followTransit({ parts: [{ at: monday, units: 1 }], minutes: 10 }, 0, monday + minute);
    expect(later.minutes).toBeCloseTo(8.2);
    const stuck = followTransit({ parts: [{ at: monday, units: 1 }], minutes: 0 }, 0, monday + 600 * minute);
    expect(stuck.minutes).toBe(30);
  });
});
