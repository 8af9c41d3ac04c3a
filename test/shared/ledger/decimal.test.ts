import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDecimal,
  formatUsd,
  parseDecimal,
  parseForeignDecimal,
  roundDownToTick,
} from '../../../shared/ledger/decimal.ts';
import { feeOf, reservationFor } from '../../../shared/ledger/reservation.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 25n });

describe('decimals', () => {
  it('are read back exactly as they were written', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 8 }), (value, places) => {
        expect(parseDecimal(formatDecimal(value, places))).toBe(value);
        expect(parseForeignDecimal(formatDecimal(-value, places))).toBe(-value);
      }),
    );
  });

  it.each([
    ['0', 0n],
    ['2.50', 250_000_000n],
    ['2.5', 250_000_000n],
    ['0.00000001', 1n],
    ['999999999999999999', 99_999_999_999_999_999_900_000_000n],
  ])('reads %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '01',
    '1.',
    '.5',
    '1e3',
    '1,5',
    'NaN',
    'Infinity',
    '٣',
    '1.123456789',
    '0x1',
    '1_000',
    '１',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('reads what others write, never as more than it is', () => {
    expect(parseForeignDecimal('007.50')).toBe(750_000_000n);
    expect(parseForeignDecimal('0.123456789999')).toBe(12_345_678n);
    expect(parseForeignDecimal('-0.123456789')).toBe(-12_345_679n);
    expect(parseForeignDecimal('-0.1234567800')).toBe(-12_345_678n);
    expect(parseForeignDecimal('-3')).toBe(-300_000_000n);
    for (const text of ['1e9', 'NaN', '٣', '', '1'.repeat(39), '--1', '1.2.3']) {
      expect(parseForeignDecimal(text)).toBeUndefined();
    }
  });

  it('writes no decimals that say nothing', () => {
    expect(formatDecimal(300_000_000n)).toBe('3');
    expect(formatDecimal(350_000_000n)).toBe('3.5');
    expect(formatDecimal(0n)).toBe('0');
    expect(formatDecimal(-10_000_000_000n)).toBe('-100');
  });

  it('writes USD with at least two decimals', () => {
    expect(formatUsd(250_000_000n)).toBe('2.50');
    expect(formatUsd(-1n)).toBe('-0.00000001');
    expect(formatUsd(0n)).toBe('0.00');
    expect(formatUsd(1_000_000_000n)).toBe('10.00');
  });

  it('rounds bids down', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (price, tick) => {
        const rounded = roundDownToTick(price, tick);
        expect(rounded <= price && price - rounded < tick && rounded % tick === 0n).toBe(true);
      }),
    );
  });
});

describe('reservations', () => {
  it('cover the price and a fee that is rounded up', () => {
    expect(reservationFor(3n, 250_000_000n, 100n)).toBe(757_500_000n);
    expect(feeOf(1n, 1n)).toBe(1n);
    expect(feeOf(10_000n, 1n)).toBe(1n);
    expect(feeOf(10_001n, 1n)).toBe(2n);
  });

  it('are never less than any smaller purchase of the order costs', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 1_000n }),
        fc.nat(),
        (quantity, price, feeBasisPoints, part) => {
          const filled = BigInt(part) % (quantity + 1n);
          const whole = reservationFor(quantity, price, feeBasisPoints);
          const gross = filled * price;
          expect(gross + feeOf(gross, feeBasisPoints) <= whole).toBe(true);
        },
      ),
    );
  });
});
