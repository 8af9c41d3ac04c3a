import { describe, expect, it } from 'vitest';
import { budgetFromItem } from '../../../shared/store/budget-items.ts';

const item = { cap: { N: '500' }, used: { N: '620' }, reserved: { N: '100' }, spent: { N: '520' } };

describe('a budget in the table', () => {
  it('has what is left under its cap, less than nothing included', () => {
    expect(budgetFromItem(item)).toEqual({ cap: 500n, available: -120n, reserved: 100n, spent: 520n });
    const refunded = { ...item, used: { N: '-1' } };
    expect(budgetFromItem(refunded)?.available).toBe(501n);
  });

  it.each(['cap', 'used', 'reserved', 'spent'])(
    'is none without its %s, or with one that is no number',
    (name) => {
      const { [name]: _left, ...rest } = { ...item } as Record<string, { N: string }>;
      expect(budgetFromItem(rest)).toBeUndefined();
      expect(budgetFromItem({ ...item, [name]: { S: '500' } })).toBeUndefined();
      for (const text of ['5.00', 'x5', '5x', '']) {
        expect(budgetFromItem({ ...item, [name]: { N: text } })).toBeUndefined();
      }
    },
  );
});
