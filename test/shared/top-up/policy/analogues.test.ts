import { describe, expect, it } from 'vitest';
import { analoguesOf } from '../../../../shared/top-up/policy/analogues.ts';

const perDay = 288;
const settings = { analogues: 24 };

/** Days of use by five minutes. */
function days(count: number, use: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: count * perDay }, (_, index) => use(index % perDay));
}

describe('use after analogous moments', () => {
  it('is what always came, where use is steady', () => {
    const totals = analoguesOf(
      days(3, () => 0.5),
      settings,
    )(4);
    expect(totals).toHaveLength(24);
    for (const total of totals) expect(total).toBeCloseTo(2);
  });

  it('knows the hour at which work ends', () => {
    const officeHours = days(5, (bucket) => (bucket >= 96 && bucket < 216 ? 1 : 0));
    const at = 4 * perDay + 206;
    const useAfter = analoguesOf(officeHours.subarray(0, at), settings);
    const next = useAfter(6);
    const fourHours = useAfter(48);
    expect(Math.max(...next)).toBe(6);
    expect(fourHours[0]).toBeLessThan(16);
    expect(Math.max(...fourHours)).toBeLessThan(30);
  });

  it('leaves out what is unknown, and says nothing where nothing is known', () => {
    const half = days(2, (bucket) => (bucket < 144 ? -1 : 1));
    expect(new Set(analoguesOf(half, settings)(2))).toEqual(new Set([2]));
    const unknown = days(1, () => -1);
    expect(analoguesOf(unknown, settings)(2)).toHaveLength(0);
    expect(analoguesOf(new Float64Array(), settings)(2)).toHaveLength(0);
  });
});
