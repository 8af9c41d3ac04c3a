import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyHistory,
  recordUse,
  timeline,
  type UseHistory,
} from '../../../../shared/top-up/policy/use-history.ts';
import { day, hour, minute, monday } from './support/observations.ts';

const keep = { minutes: 90, days: 7 };
const used = (from: number, to: number, units: number) => ({ from, to, units });
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + Math.max(0, value), 0);

describe('the history of use', () => {
  it('spreads use evenly over the time between two reviews', () => {
    const history = recordUse(emptyHistory(monday), used(monday, monday + 10 * minute, 5), keep);
    expect(history.recent.units).toEqual(Array.from({ length: 10 }, () => 0.5));
    expect(history.days['2026-11-23']?.slice(0, 3)).toEqual([2.5, 2.5, -1]);
  });

  it('loses nothing, however reviews fall', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1_000, max: 7 * minute }), fc.integer({ min: 0, max: 500 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (steps) => {
          let now = monday + 123_456;
          let history = emptyHistory(now);
          let total = 0;
          for (const [length, hundredths] of steps) {
            history = recordUse(history, used(now, now + length, hundredths / 100), {
              minutes: 1_000,
              days: 7,
            });
            now += length;
            total += hundredths / 100;
          }
          expect(sum(history.recent.units)).toBeCloseTo(total, 3);
          expect(sum(timeline(history, 7)) + Math.max(0, history.open.units)).toBeCloseTo(total, 1);
        },
      ),
    );
  });

  it('keeps days apart from each other, and forgets those beyond a week', () => {
    let history: UseHistory = emptyHistory(monday);
    for (let hours = 0; hours < 10 * 24; hours += 1) {
      history = recordUse(history, used(monday + hours * hour, monday + (hours + 1) * hour, 12), keep);
    }
    expect(Object.keys(history.days)).toEqual([
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
    ]);
    expect(timeline(history, 8)).toHaveLength(8 * 288);
    expect(new Set(timeline(history, 8))).toEqual(new Set([1]));
  });

  it('knows nothing of the time before it began', () => {
    const noon = monday + 12 * hour;
    const history = recordUse(emptyHistory(noon), used(noon, noon + 10 * minute, 2), keep);
    expect([...timeline(history, 7)].slice(-3)).toEqual([-1, 1, 1]);
    expect(timeline(history, 7)).toHaveLength(146);
  });

  it('survives clocks that jump by days in both directions', () => {
    const before = recordUse(emptyHistory(monday), used(monday, monday + hour, 6), keep);
    const ahead = recordUse(before, used(monday + hour, monday + 30 * day, 6), keep);
    expect(ahead.recent.units).toHaveLength(90);
    const back = recordUse(ahead, used(monday + hour, monday + 2 * hour, 3), keep);
    expect(back.recent.until).toBe((monday + 2 * hour) / minute);
    expect(back.recent.units.at(-1)).toBeCloseTo(0.05);
  });
});
