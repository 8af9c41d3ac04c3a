import { describe, expect, it } from 'vitest';
import { billOf, totalOf } from '../../../local/cost/bill.ts';
import { type Counts, readCounts } from '../../../local/cost/counts.ts';
import { add, decimal, divide, format, fraction, multiply } from '../../../local/cost/fraction.ts';
import { storedSize } from '../../../local/cost/item-size.ts';
import { prices } from '../../../local/cost/prices.ts';

describe('a fraction', () => {
  it('is exact where floating-point numbers are not', () => {
    expect(format(add(decimal('0.1'), decimal('0.2')), 20)).toBe('0.30000000000000000000');
    expect(divide(decimal('1'), decimal('3'))).toEqual(fraction(1n, 3n));
    expect(multiply(fraction(2n, 4n), fraction(2n))).toEqual(fraction(1n));
  });

  it.each([
    ['0.005', 2, '0.01'],
    ['0.00499999', 2, '0.00'],
    ['1234567.5', 0, '1,234,568'],
    ['999.999', 2, '1,000.00'],
    ['0', 3, '0.000'],
  ])('%s with %i places is %s', (text, places, shown) => {
    expect(format(decimal(text), places)).toBe(shown);
  });

  it.each(['', '-1', '1e-7', '1.', 'NaN'])('is not made of %j', (text) => {
    expect(() => decimal(text)).toThrow('no decimal number');
  });
});

describe('the bill of a month', () => {
  const counts = readCounts();
  const bill = (orders: bigint, given: Counts = counts) => billOf(given, orders);
  const part = (orders: bigint, name: string) => bill(orders).find((line) => line.part === name);

  it('is quantity times price in each line, and the lines together', () => {
    for (const { price, quantity, usd } of bill(100n)) {
      const { usd: unit, per } = prices[price];
      expect(multiply(usd, fraction(per))).toEqual(multiply(quantity, decimal(unit)));
    }
    expect(totalOf(bill(100n))).toEqual(add(...bill(100n).map(({ usd }) => usd)));
  });

  it('counts a check each minute of 730 hours, and orders by the day', () => {
    expect(part(0n, 'invocations')?.quantity).toEqual(fraction(43_800n));
    expect(part(24n, 'place-order, invocations')?.quantity).toEqual(fraction(730n));
    const { work } = counts;
    const perCheck = divide(decimal(String(work.check.writeUnits)), decimal(String(work.check.runs)));
    expect(part(0n, 'writes')?.quantity).toEqual(multiply(fraction(43_800n), perCheck));
  });

  it('takes metrics of orders for the hours in which there are any', () => {
    const metrics = decimal(String(counts.metrics.ofOrders));
    expect(part(6n, 'metrics of orders')?.quantity).toEqual(multiply(metrics, fraction(1n, 4n)));
    expect(part(10_000n, 'metrics of orders')?.quantity).toEqual(metrics);
  });

  it('stores what 400 days bring', () => {
    const { order } = counts.stored;
    const more = part(10n, 'storage')?.quantity ?? fraction(0n);
    const none = part(0n, 'storage')?.quantity ?? fraction(0n);
    const grown = add(more, multiply(fraction(-1n), none));
    expect(multiply(grown, fraction(1_000_000_000n))).toEqual(decimal(String(10 * 400 * order)));
  });
});

it('an item is stored with its names, its values and a hundred bytes', () => {
  expect(storedSize({ pk: { S: 'é' }, n: { N: '12345' }, flag: { BOOL: true } })).toBe(
    100 + 2 + 2 + 1 + 4 + 4 + 1,
  );
});
