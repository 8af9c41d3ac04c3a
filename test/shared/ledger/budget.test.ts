import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChange,
  changeBetween,
  isNoChange,
  newBudget,
  type OrderMoney,
  withCap,
} from '../../../shared/ledger/budget.ts';

const money = fc.bigInt({ min: 0n, max: 10n ** 12n });
const orderMoney: fc.Arbitrary<OrderMoney> = fc.record({ reserved: money, spent: money });
const nothing: OrderMoney = { reserved: 0n, spent: 0n };

describe('a budget', () => {
  it('accounts for the whole cap after any steps of an order, and for all of its money', () => {
    fc.assert(
      fc.property(money, fc.array(orderMoney, { minLength: 1 }), (cap, versions) => {
        let [budget, before] = [newBudget(cap), nothing];
        for (const after of versions) {
          budget = applyChange(budget, changeBetween(before, after));
          before = after;
        }
        expect(budget.available + budget.reserved + budget.spent).toBe(cap);
        expect({ reserved: budget.reserved, spent: budget.spent }).toEqual(before);
      }),
    );
  });

  it('has less than nothing available once its cap is lowered below what is used, and keeps the rest', () => {
    const used = applyChange(newBudget(50n), changeBetween(nothing, { reserved: 10n, spent: 20n }));
    expect(withCap(used, 25n)).toEqual({ cap: 25n, available: -5n, reserved: 10n, spent: 20n });
    expect(withCap(withCap(used, 25n), 50n)).toEqual(used);
  });

  it('moves nothing when the money of an order stays', () => {
    expect(isNoChange(changeBetween({ reserved: 3n, spent: 4n }, { reserved: 3n, spent: 4n }))).toBe(true);
    expect(isNoChange(changeBetween({ reserved: 4n, spent: 3n }, { reserved: 3n, spent: 4n }))).toBe(false);
    for (const one of ['available', 'reserved', 'spent']) {
      expect(isNoChange({ available: 0n, reserved: 0n, spent: 0n, [one]: 1n })).toBe(false);
      expect(isNoChange({ available: 1n, reserved: 1n, spent: 1n, [one]: 0n })).toBe(false);
    }
  });
});
