import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../shared/exchange/exact-json.ts';
import {
  amountField,
  isObject,
  type JsonObject,
  textField,
  timeField,
  UnreadableAnswer,
  wholeField,
} from '../../../shared/exchange/fields.ts';

function row(json: string): JsonObject {
  const parsed = parseExactJson(json);
  if (!isObject(parsed)) throw new Error('The sample is no JSON object.');
  return parsed;
}

const amountIn = (json: string) => amountField(row(json), 'x');

describe('an amount', () => {
  it.each([
    ['{"x":0.1}', 10_000_000n],
    ['{"x":"0.1"}', 10_000_000n],
    ['{"x":9007199254740.99300001}', undefined],
    ['{"x":90071992547.40993001}', 9_007_199_254_740_993_001n],
    ['{"x":0.30000000000000004}', 30_000_000n],
    ['{"x":123456789012.12345678}', 12_345_678_901_212_345_678n],
    ['{"x":0.000000019}', 1n],
    ['{"x":"0001.50"}', 150_000_000n],
    ['{"x":1.0}', 100_000_000n],
    ['{"x":" 2.5 "}', 250_000_000n],
    ['{"x":1000000000000}', 100_000_000_000_000_000_000n],
  ])('in %s is exact', (json, expected) => {
    if (expected === undefined) expect(() => amountIn(json)).toThrow(UnreadableAnswer);
    else expect(amountIn(json)).toBe(expected);
  });

  it('of any decimals passes through no double, written as a number or as text', () => {
    const anyDecimal = fc.tuple(fc.bigInt(0n, 999_999_999_999n), fc.stringMatching(/^\d{8}$/));
    fc.assert(
      fc.property(anyDecimal, fc.boolean(), ([whole, fraction], quoted) => {
        const text = `${whole}.${fraction}`;
        expect(amountIn(`{"x":${quoted ? `"${text}"` : text}}`)).toBe(BigInt(`${whole}${fraction}`));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '-1',
    '"-0.00000001"',
    '-0',
    '"-00"',
    '-1e-9',
    '1e9',
    '"1e9"',
    '1E2',
    '"NaN"',
    '"Infinity"',
    '1e999',
    '"٣"',
    '"３"',
    '"1,5"',
    '"1 000"',
    '"0x10"',
    '"1n"',
    '"+1"',
    '".5"',
    '"5."',
    '""',
    '" "',
    'true',
    'false',
    '{}',
    '[]',
    '[5]',
    '{"amount":"5"}',
    `1${'0'.repeat(30)}`,
    `"1${'0'.repeat(30)}"`,
    '9'.repeat(39),
    `"${'9'.repeat(39)}"`,
    '1000000000000.00000001',
    '0.1234567890123456789',
  ])('of %s is refused', (json) => {
    expect(() => amountIn(`{"x":${json}}`)).toThrow(UnreadableAnswer);
  });

  it('is missing when the field is absent or null, and then the next name counts', () => {
    expect(amountIn('{"y":1}')).toBeUndefined();
    expect(amountIn('{"x":null}')).toBeUndefined();
    expect(amountField(row('{"x":null,"y":2}'), 'x', 'y')).toBe(200_000_000n);
  });

  it('that is unreadable is not replaced by the next name', () => {
    expect(() => amountField(row('{"x":"?","y":2}'), 'x', 'y')).toThrow(UnreadableAnswer);
  });

  it('is not found on the prototype of the answer', () => {
    expect(amountField(row('{}'), 'constructor', '__proto__', 'toString')).toBeUndefined();
    expect(textField(row('{"__proto__":{"x":"inherited"}}'), 'x')).toBeUndefined();
  });

  it('is refused without its value in the message', () => {
    expect(() => amountIn('{"x":"secret-value"}')).toThrow(/^x is not a decimal$/);
  });
});

describe('a whole number', () => {
  it('may be written with decimals that are zero', () => {
    expect(wholeField(row('{"x":5.00,"y":"7.0"}'), 'x')).toBe(5n);
    expect(wholeField(row('{"y":"7.0"}'), 'x', 'y')).toBe(7n);
    expect(wholeField(row('{}'), 'x')).toBeUndefined();
  });

  it.each(['5.5', '"0.00000001"', '-1', '"five"'])('is not %s', (json) => {
    expect(() => wholeField(row(`{"x":${json}}`), 'x')).toThrow(UnreadableAnswer);
  });
});

describe('a time', () => {
  it.each([
    ['"2026-11-23T12:00:00Z"', Date.UTC(2026, 10, 23, 12)],
    ['"2026-11-23T12:00:00.123456+01:00"', Date.UTC(2026, 10, 23, 11, 0, 0, 123)],
    ['1795435200', Date.UTC(2026, 10, 23, 12)],
    ['"1795435200"', Date.UTC(2026, 10, 23, 12)],
    ['1795435200123', Date.UTC(2026, 10, 23, 12, 0, 0, 123)],
    ['"yesterday"', undefined],
    ['""', undefined],
    ['null', undefined],
    ['{}', undefined],
  ])('in %s is read, or missing', (json, expected) => {
    expect(timeField(row(`{"x":${json}}`), 'x')).toBe(expected);
  });
});
