import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverMinutes, followUse, type UseSeen } from '../../../shared/top-up/cover.ts';
import { usd } from '../../support/sample-order.ts';

/** What was seen after the balance was read so, once a minute. */
function seenAfter(...balances: readonly string[]): UseSeen | undefined {
  let seen: UseSeen | undefined;
  for (const [index, balance] of balances.slice(1).entries()) {
    const before = { at: index * 60_000, lastUsable: usd(balances[index] ?? '0') };
    seen = followUse(seen, before, { at: (index + 1) * 60_000, usable: usd(balance) });
  }
  return seen;
}

const falling = (minutes: number) =>
  Array.from({ length: minutes + 1 }, (_, index) => String(100 - 2 * index));

describe('the cover of an instrument whose policy does not follow use', () => {
  it('cannot be told before use was seen for ten minutes', () => {
    expect(coverMinutes(seenAfter('10'), usd('10'))).toBeUndefined();
    expect(coverMinutes(seenAfter(...falling(9)), usd('10'))).toBeUndefined();
  });

  it('is what is left by the pace at which it goes', () => {
    expect(coverMinutes(seenAfter(...falling(10)), usd('80'))).toBe(40);
    expect(coverMinutes(seenAfter(...falling(10)), usd('5'))).toBe(2.5);
  });

  it('is nothing when nothing is left, and a day where nothing is used', () => {
    expect(coverMinutes(seenAfter(...falling(10)), 0n)).toBe(0);
    expect(coverMinutes(seenAfter(...Array<string>(12).fill('7')), usd('7'))).toBe(1_440);
    expect(coverMinutes(seenAfter(...Array<string>(12).fill('0')), 0n)).toBe(0);
  });

  it('takes no purchase for a pace', () => {
    expect(seenAfter('4', '2', '52', '50')).toEqual(seenAfter('4', '2', '0'));
  });

  it('follows a pace that changes: half of the way in half an hour', () => {
    const minutes = 24 * 60;
    const slow = followUse(
      { perMinute: 2, minutes },
      { at: 0, lastUsable: 0n },
      { at: 30 * 60_000, usable: 0n },
    );
    expect(slow?.perMinute).toBeCloseTo(1);
  });

  it('stays a number of minutes from 0 to a day, whatever is read', () => {
    const balance = fc.bigInt({ min: 0n, max: usd('1000000') });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_600_000), balance), { maxLength: 40 }), (readings) => {
        let seen: UseSeen | undefined;
        let before = { at: 0, lastUsable: 0n };
        for (const [elapsed, usable] of readings) {
          const reading = { at: before.at + elapsed, usable };
          seen = followUse(seen, before, reading);
          before = { at: reading.at, lastUsable: usable };
          const cover = coverMinutes(seen, usable) ?? 0;
          expect(cover >= 0 && cover <= 1_440).toBe(true);
        }
      }),
    );
  });
});
