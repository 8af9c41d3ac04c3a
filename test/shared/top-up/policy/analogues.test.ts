import { describe, expect, it } from 'vitest';
import { useAfterAnalogues } from '../../../../shared/top-up/policy/analogues.ts';

const perDay = 288;
const settings = { analogues: 24 };

/** Days of use by five minutes. */
function days(count: number, use: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: count * perDay }, (_, index) => use(index % perDay));
}

describe('use after analogous moments', () => {
  it('is what always came, where use is steady', () => {
    const [totals] = useAfterAnalogues(
      days(3, () => 0.5),
      [4],
      settings,
    ) as [Float64Array];
    expect(totals).toHaveLength(24);
    for (const total of totals) expect(total).toBeCloseTo(2);
  });

  it('knows the hour at which work ends', () => {
    const officeHours = days(5, (bucket) => (bucket >= 96 && bucket < 216 ? 1 : 0));
    const at = 4 * perDay + 206;
    const [next, fourHours] = useAfterAnalogues(officeHours.subarray(0, at), [6, 48], settings) as [
      Float64Array,
      Float64Array,
    ];
    expect(Math.max(...next)).toBe(6);
    expect(fourHours[0]).toBeLessThan(16);
    expect(Math.max(...fourHours)).toBeLessThan(30);
  });

  it('leaves out what is unknown, and says nothing where nothing is known', () => {
    const half = days(2, (bucket) => (bucket < 144 ? -1 : 1));
    const [totals] = useAfterAnalogues(half, [2], settings) as [Float64Array];
    expect(new Set(totals)).toEqual(new Set([2]));
    expect(
      useAfterAnalogues(
        days(1, () => -1),
        [2],
        settings,
      ),
    ).toEqual([new Float64Array()]);
    expect(useAfterAnalogues(new Float64Array(), [2], settings)).toEqual([new Float64Array()]);
  });
});
