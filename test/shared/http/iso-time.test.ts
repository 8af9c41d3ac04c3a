import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTime, isoTimeOrNull, parseIsoTime } from '../../../shared/http/iso-time.ts';

it.each([
  ['2026-11-23T18:00:00Z', '2026-11-23T18:00:00.000Z'],
  ['2026-11-23T18:00Z', '2026-11-23T18:00:00.000Z'],
  ['2026-11-23T18:00:00.25+02:00', '2026-11-23T16:00:00.250Z'],
  ['2026-11-23T01:00-05:30', '2026-11-23T06:30:00.000Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
])('%s is a time', (text, expected) => {
  expect(isoTimeOrNull(parseIsoTime(text))).toBe(expected);
});

it.each([
  '2026-11-23',
  '2026-11-23T18:00:00',
  '2026-02-29T18:00:00Z',
  '2026-04-31T18:00:00+01:00',
  '2026-13-01T00:00:00Z',
  '2026-11-23T25:00:00Z',
  '2026-11-23T18:00:00+25:00',
  '2026-11-23 18:00:00Z',
  '+002026-11-23T18:00:00Z',
  '1795456800000',
  'Mon, 23 Nov 2026 18:00:00 GMT',
  ' 2026-11-23T18:00:00Z',
  '',
])('%j is none', (text) => {
  expect(parseIsoTime(text)).toBeUndefined();
});

it('what is written is read as the same time', () => {
  const years0To9999 = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') };
  fc.assert(
    fc.property(fc.date({ ...years0To9999, noInvalidDate: true }), (date) => {
      expect(parseIsoTime(isoTime(date.getTime()))).toBe(date.getTime());
    }),
  );
});
