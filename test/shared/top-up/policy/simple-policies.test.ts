import { describe, expect, it } from 'vitest';
import type { TopUpObservation } from '../../../../shared/top-up/policy/contract.ts';
import { decideTopUp } from '../../../../shared/top-up/policy/decide.ts';
import { decideFixedThreshold } from '../../../../shared/top-up/policy/fixed-threshold.ts';
import { priceAwarePolicy } from '../../../../shared/top-up/policy/policies.ts';
import { decidePriceAware, type PriceAwareState } from '../../../../shared/top-up/policy/price-aware.ts';
import { minute, monday, observation, openOrder } from './support/observations.ts';

const rule = {
  maximumPrice: '2.50',
  maximumQuantity: 100,
  priceTick: '0.01',
  feeBasisPoints: 100,
  minimumUnits: 5,
  quantity: 10,
  limitPrice: '2.40',
};
const fixed = (changes: Parameters<typeof observation>[0], parameters = rule) =>
  decideFixedThreshold(parameters, undefined, observation(changes));

describe('the fixed threshold', () => {
  it('buys its quantity at its price below the minimum', () => {
    expect(fixed({ balance: '4.99' }).orders).toEqual([
      { purpose: 'urgent', quantity: 10, limitPrice: '2.40' },
    ]);
    expect(fixed({ balance: '5' }).orders).toEqual([]);
  });

  it('counts what is ordered and on its way', () => {
    expect(fixed({ balance: '1', inTransit: '4' }).orders).toEqual([]);
    expect(fixed({ balance: '1', openOrders: [openOrder({ remaining: 10 })] }).explanation.reason).toBe(
      'enough',
    );
  });

  it('holds to the maximum price, the largest order and the budget', () => {
    expect(fixed({}, { ...rule, limitPrice: '9.00' }).orders[0]?.limitPrice).toBe('2.50');
    expect(fixed({}, { ...rule, quantity: 500 })).toMatchObject({
      orders: [{ quantity: 100 }],
      explanation: { boundBy: 'maximum-order' },
    });
    expect(fixed({ budgetLeft: '9.70' })).toMatchObject({
      orders: [{ quantity: 4 }],
      explanation: { boundBy: 'budget' },
    });
    expect(fixed({ budgetLeft: '2.42' }).explanation.reason).toBe('not-affordable');
  });

  it('cancels what has rested too long, and buys anew only when it is gone', () => {
    const old = openOrder({ remaining: 2, placedAt: monday - 20 * minute });
    const first = fixed({ openOrders: [old] });
    expect([first.cancels, first.orders]).toEqual([['order-1'], []]);
    expect(fixed({ openOrders: [{ ...old, isEnding: true }] })).toMatchObject({ cancels: [], orders: [] });
    expect(fixed({}).orders).toHaveLength(1);
  });

  it('buys nothing on a balance that is no amount', () => {
    expect(fixed({ balance: 'NaN' })).toMatchObject({
      orders: [],
      explanation: { reason: 'balance-unreadable' },
    });
  });
});

describe('price-aware waiting', () => {
  const parameters = { ...rule, dangerUnits: 2 };
  const seenAsks = (asks: readonly string[]): PriceAwareState => {
    let state: PriceAwareState | undefined;
    for (const [index, bestAsk] of asks.entries()) {
      const seen = observation({ now: monday + index * 5 * minute, balance: '9', bestAsk });
      state = decidePriceAware(parameters, state, seen).state;
    }
    if (state === undefined) throw new Error('no asks');
    return state;
  };
  const learnt = seenAsks(['2.00', '2.02', '2.04', '2.06', '2.08', '2.10', '2.12', '2.14']);
  const decide = (balance: string, bestAsk: string | null) =>
    decidePriceAware(parameters, learnt, observation({ now: monday + 42 * minute, balance, bestAsk }));

  it('waits below the minimum while the ask is not among the lowest', () => {
    expect(decide('4', '2.12')).toMatchObject({
      orders: [],
      explanation: { reason: 'waiting-for-price', boundBy: 'price' },
    });
    expect(decide('4', '2.01').orders).toHaveLength(1);
  });

  it('buys at any allowed price in danger, or when somebody was refused', () => {
    expect(decide('1.9', '2.12').orders).toHaveLength(1);
    const refused = observation({
      now: monday + 42 * minute,
      balance: '4',
      bestAsk: '2.12',
      wasRefused: true,
    });
    expect(decidePriceAware(parameters, learnt, refused).orders).toHaveLength(1);
  });

  it('follows the threshold alone until it knows prices', () => {
    const seen = observation({ balance: '4', bestAsk: '2.12' });
    expect(decidePriceAware(parameters, undefined, seen).orders).toHaveLength(1);
  });

  it('depends on prices only while it may wait for a better one', () => {
    const dependsOn = (balance: string, changes: Partial<TopUpObservation> = {}) =>
      decidePriceAware(parameters, learnt, observation({ now: monday + 42 * minute, balance, ...changes }))
        .dependsOnPrices;
    expect(['5', '4', '1.9', 'NaN'].map((balance) => dependsOn(balance))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(dependsOn('4', { wasRefused: true })).toBe(false);
    expect(fixed({ balance: '1' }).dependsOnPrices).toBe(false);
  });

  it('takes an ask for that of all five minutes since the last one', () => {
    const seenAt = (state: PriceAwareState | undefined, minutes: number, bestAsk: string) =>
      decidePriceAware(parameters, state, observation({ now: monday + minutes * minute, bestAsk })).state;
    const rare = seenAt(seenAt(undefined, 0, '2.00'), 20, '2.10');
    expect(rare.asks).toEqual([2, 2.1, 2.1, 2.1, 2.1]);
    expect(seenAt(rare, 10_000, '2.20').asks).toEqual(Array<number>(48).fill(2.2));
    expect(seenAt(rare, 10, '2.20').asks).toEqual([...rare.asks, 2.2]);
  });

  it('begins anew after a change of policy', () => {
    const seen = observation({ balance: '4' });
    const { state } = decideTopUp(parameters, undefined, seen);
    expect(priceAwarePolicy(parameters).decide(state, seen)).toEqual(
      priceAwarePolicy(parameters).decide(undefined, seen),
    );
  });

  it('keeps four hours of asks', () => {
    const long = seenAsks(Array.from({ length: 100 }, (_, index) => (2 + index / 100).toFixed(2)));
    expect(long.asks).toHaveLength(48);
    expect(JSON.parse(JSON.stringify(long))).toEqual(long);
  });
});
