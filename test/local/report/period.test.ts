import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, parsePeriod } from '../../../local/report/period.ts';
import { spansOf } from '../../../local/report/spans.ts';

const now = Date.parse('2026-11-29T15:30:00Z');
const readAs = (text: string) => {
  const parsed = parsePeriod(text, now);
  return parsed.ok
    ? [parsed.period.from, parsed.period.to].map((at) => new Date(at).toISOString())
    : parsed.problem;
};

describe('a period', () => {
  it.each([
    ['today', '2026-11-29T00:00:00.000Z', '2026-11-29T15:30:00.000Z'],
    ['yesterday', '2026-11-28T00:00:00.000Z', '2026-11-29T00:00:00.000Z'],
    ['6h', '2026-11-29T09:30:00.000Z', '2026-11-29T15:30:00.000Z'],
    ['7d', '2026-11-22T15:30:00.000Z', '2026-11-29T15:30:00.000Z'],
    ['2026-11-28', '2026-11-28T00:00:00.000Z', '2026-11-29T00:00:00.000Z'],
    ['2026-10', '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['2025-12', '2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z', '2026-11-29T15:30:00.000Z'],
    ['2026-11-23..2026-11-27', '2026-11-23T00:00:00.000Z', '2026-11-28T00:00:00.000Z'],
    ['2026-11-28..', '2026-11-28T00:00:00.000Z', '2026-11-29T15:30:00.000Z'],
    ['2026-11-28T06:00+01:00..2026-11-28T07:15Z', '2026-11-28T05:00:00.000Z', '2026-11-28T07:15:00.000Z'],
    ['2026-11-28T06:00Z..2026-11-28', '2026-11-28T06:00:00.000Z', '2026-11-29T00:00:00.000Z'],
  ])('%s', (text, from, to) => {
    expect(readAs(text)).toEqual([from, to]);
  });

  it.each([
    ['', /^must be today, .* not ""$/],
    ['last week', /^must be today/],
    ['2026-02-30', /^must be today/],
    ['2026-13', /^must be today/],
    ['2026-11-28T25:00Z..', /^must be today/],
    ['2026-11-28T06:00..2026-11-28T07:00', /^must be today/],
    ['a..b', /^must be today/],
    ['2026-11-01..2026-11-02..2026-11-03', /^must be today/],
    ['0d', /^must be today/],
    ['2026-11-28T06:00Z', /^must not end before it begins$/],
    ['2026-11-27..2026-11-23', /^must not end before it begins$/],
    ['2026-12-01', /^must begin in the past$/],
    ['2025-01-01..2026-11-28', /^must be 400 days at most$/],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readAs(text)).toMatch(problem);
  });

  it('is drawn in at most 200 spans, which cover it and no more than one beyond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * dayMs }), (length) => {
        const { count, lengthMs } = spansOf({ from: now - length, to: now });
        expect(count).toBeLessThanOrEqual(200);
        expect(count * lengthMs).toBeGreaterThanOrEqual(length);
        expect((count - 1) * lengthMs).toBeLessThan(length);
      }),
    );
  });
});
