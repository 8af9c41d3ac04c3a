import { describe, expect, it } from 'vitest';
import {
  BrokenContractError,
  type Decide,
  productionBuyer,
} from '../../../local/backtest/policies/production-buyer.ts';
import type { Conditions } from '../../../local/backtest/simulate/conditions.ts';
import type { PlannedOrder, TopUpObservation } from '../../../shared/top-up/policy/contract.ts';
import { flatBook, runFor } from './support.ts';

const monday = Date.parse('2026-01-05T00:00:00Z');

interface Step {
  readonly orders?: readonly PlannedOrder[];
  readonly cancels?: readonly string[];
  readonly dependsOnPrices?: boolean;
}

/** Runs a stand-in policy that does what it is told in some minutes, and returns what it saw in each. */
function follow(
  steps: Readonly<Record<number, Step>>,
  settings: { readonly demand?: Record<number, number>; readonly conditions?: Partial<Conditions> } = {},
) {
  const seen = new Map<number, TopUpObservation>();
  const asked: number[] = [];
  const decide: Decide<number> = (state = 0, observation) => {
    const minute = (observation.now - monday) / 60_000;
    seen.set(minute, observation);
    asked.push(minute);
    const { orders = [], cancels = [], dependsOnPrices = false } = steps[minute] ?? {};
    const explanation = { reason: 'told', words: 'It was told to.', figures: {}, boundBy: null };
    return { state: state + 1, need: '0', orders, cancels, dependsOnPrices, explanation };
  };
  const tally = runFor({ buyer: productionBuyer(decide, 250, 2), book: flatBook(2880), ...settings });
  const timesAt = (minute: number) => asked.filter((one) => one === minute).length;
  return { tally, at: (minute: number) => seen.get(minute), timesAt };
}

const waiting = (limitPrice: string, purpose: PlannedOrder['purpose'] = 'patient'): Step => ({
  orders: [{ purpose, quantity: 2, limitPrice }],
});

describe('a policy of production', () => {
  it('sees the observation that its contract describes', () => {
    const { at } = follow(
      { 1500: waiting('2.00', 'urgent'), 1501: waiting('1.90') },
      { demand: { 1501: 0.12345678 } },
    );
    expect(at(1500)).toEqual({
      now: Date.parse('2026-01-06T01:00:00Z'),
      balance: '0',
      openOrders: [],
      fills: [],
      inTransit: '0',
      bestBid: '1.98',
      bestAsk: '2.00',
      budgetLeft: null,
      wasRefused: false,
    });
    expect(at(1501)).toMatchObject({
      balance: '2',
      fills: [{ at: Date.parse('2026-01-06T01:00:00Z'), quantity: 2, price: '2.00' }],
    });
    expect(at(1502)).toMatchObject({
      balance: '1.87654322',
      fills: [],
      openOrders: [
        {
          remaining: 2,
          limitPrice: '1.90',
          placedAt: Date.parse('2026-01-06T01:01:00Z'),
          purpose: 'patient',
        },
      ],
    });
  });

  it('is asked half a minute later when an application was refused', () => {
    const { at } = follow({}, { demand: { 1500: 1 }, conditions: { wakesUp: true } });
    expect(at(1500.5)).toMatchObject({ wasRefused: true, balance: '0' });
    expect(at(1501)).toMatchObject({ wasRefused: false });
  });

  it('sees a cancelled order for two more reviews, and its purpose is taken for as long', () => {
    const first = follow({ 1500: waiting('1.90') });
    const id = first.at(1501)?.openOrders[0]?.orderId ?? '';
    const again = { ...waiting('1.90'), cancels: [id] };
    const { tally, at } = follow({
      1500: waiting('1.90'),
      1501: again,
      1502: waiting('1.90'),
      1503: waiting('1.90'),
      1504: waiting('1.90'),
    });
    const ending = [1502, 1503, 1504].map((minute) => at(minute)?.openOrders.map(({ isEnding }) => isEnding));
    expect(ending).toEqual([[true], [true], []]);
    expect(tally).toMatchObject({ orders: 2, cancels: 1, refusedOrders: 3 });
  });

  it('may have one order of each purpose', () => {
    const { tally } = follow({
      1500: { orders: [waiting('1.90', 'urgent'), waiting('1.90')].flatMap(({ orders = [] }) => orders) },
      1501: waiting('1.90'),
    });
    expect(tally).toMatchObject({ orders: 2, refusedOrders: 1 });
  });

  it('sends three requests at each review, one more while it has orders, and one for each order and cancel', () => {
    const { tally } = follow({ 2878: waiting('1.90'), 2879: { cancels: ['1'] } });
    expect(tally.signedRequests).toBe(1440 * 3 + 1 + 1 + 1);
  });

  it('has the book read in turn and for what depends on it, where a stage has more instruments', () => {
    const { tally, at, timesAt } = follow(
      { 1501: waiting('1.90'), 1502: { dependsOnPrices: true }, 1504: { dependsOnPrices: true } },
      { conditions: { instruments: 4 } },
    );
    const asksAt = (minutes: readonly number[]) => minutes.map((minute) => at(minute)?.bestAsk);
    expect(asksAt([1500, 1501, 1502, 1503, 1504, 1505])).toEqual([
      '2.00',
      '2.00',
      '2.00',
      null,
      '2.00',
      null,
    ]);
    expect([1500, 1501, 1502, 1503, 1504].map(timesAt)).toEqual([1, 2, 2, 1, 1]);
    // The order rests until the end.
    expect(tally.signedRequests).toBe(1440 * 2 + 1440 / 4 + 2 + 1 + 1378);
  });

  it.each<[string, Step]>([
    ['a fraction of a Unit', { orders: [{ purpose: 'urgent', quantity: 1.5, limitPrice: '2.00' }] }],
    ['no Units', { orders: [{ purpose: 'urgent', quantity: 0, limitPrice: '2.00' }] }],
    ['a price off the tick', waiting('2.001')],
    ['a price that is none', waiting('cheap')],
    ['a price of nothing', waiting('0')],
    ['a price above the most it may pay', waiting('2.51')],
    ['a cancellation of an order it does not have', { cancels: ['77'] }],
  ])('breaks its contract with %s', (_, step) => {
    expect(() => follow({ 1500: step })).toThrow(BrokenContractError);
  });

  it('breaks its contract with a state that cannot be stored', () => {
    const decide: Decide<unknown> = () => ({
      state: { since: new Date(0) },
      orders: [],
      need: '0',
      cancels: [],
      dependsOnPrices: false,
      explanation: { reason: 'none', words: 'None.', figures: {}, boundBy: null },
    });
    expect(() => runFor({ buyer: productionBuyer(decide, 250, 2) })).toThrow(/a state that JSON changes/);
  });
});
