import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeOrderStatus } from '../../../shared/orders/exchange-port.ts';
import { mayMove } from '../../../shared/orders/life-cycle.ts';
import { isOverrun, mismatchOf, observeOrder } from '../../../shared/orders/observe.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const later = testEpoch + 60_000;

describe('observing an order', () => {
  it('learns a complete fill, its price and its cost, and releases the rest', () => {
    const seen = sampleSight({
      status: 'filled',
      filledQuantity: 5n,
      averagePrice: usd('2.10'),
      fee: usd('0.02'),
    });
    expect(observeOrder(sampleOrder(), seen, later)).toMatchObject({
      state: 'FILLED',
      confirmed: true,
      filledQuantity: 5n,
      averagePrice: usd('2.10'),
      spent: usd('10.52'),
      reserved: 0n,
    });
  });

  it('keeps the remainder of a partly filled order reserved at its limit', () => {
    const seen = sampleSight({ filledQuantity: 2n, averagePrice: usd('2.00'), fee: 0n });
    expect(observeOrder(sampleOrder(), seen, later)).toMatchObject({
      state: 'PARTIALLY_FILLED',
      spent: usd('4.00'),
      reserved: usd('7.575'),
    });
  });

  it('charges fills at the limit and the fee allowance as long as their price is not known', () => {
    const seen = sampleSight({ filledQuantity: 2n });
    expect(observeOrder(sampleOrder(), seen, later)?.spent).toBe(usd('5.05'));
  });

  it('notes how the order was found, once', () => {
    const found = observeOrder(
      sampleOrder({ matchedBy: undefined }),
      sampleSight({ filledQuantity: 1n }),
      later,
    );
    expect(found?.matchedBy).toBe('client-order-id');
    const sure = observeOrder(
      sampleOrder({ matchedBy: 'terms' }),
      sampleSight({ filledQuantity: 1n }),
      later,
    );
    expect(sure?.matchedBy).toBe('terms');
  });

  it.each(['cancelled', 'expired', 'rejected'] as const)(
    'takes "%s" as agreement that a cancelled order is over',
    (status) => {
      const cancelled = sampleOrder({ state: 'CANCELLED', settledAt: testEpoch });
      expect(observeOrder(cancelled, sampleSight({ status }), later)).toMatchObject({
        state: 'CANCELLED',
        confirmed: true,
      });
    },
  );

  it('charges everything that was filled, even more than was asked for', () => {
    const seen = sampleSight({ status: 'filled', filledQuantity: 10n, averagePrice: usd('2.50'), fee: 0n });
    expect(observeOrder(sampleOrder(), seen, later)).toMatchObject({ filledQuantity: 5n, spent: usd('25') });
  });

  it('takes a cancellation as provisional until it is seen again a minute later', () => {
    const seen = sampleSight({ status: 'cancelled' });
    const cancelled = observeOrder(sampleOrder(), seen, later);
    expect(cancelled).toMatchObject({ state: 'CANCELLED', confirmed: false, reserved: usd('12.625') });
    const seenAgain = (afterMs: number) => ({ ...seen, shownAt: seen.shownAt + afterMs });
    expect(observeOrder(cancelled as Order, seenAgain(59_999), later + 59_999)).toBeUndefined();
    expect(observeOrder(cancelled as Order, seenAgain(60_000), later + 60_000)).toMatchObject({
      confirmed: true,
      reserved: 0n,
    });
  });

  it("counts that minute by the exchange's clock, whoever looks and however late he writes it down", () => {
    const seen = sampleSight({ status: 'cancelled' });
    const cancelled = observeOrder(sampleOrder(), seen, later - 45_000) as Order;
    expect(
      observeOrder(cancelled, { ...seen, shownAt: seen.shownAt + 1_000 }, later + 90_000),
    ).toBeUndefined();
  });

  it('believes a fill that is reported after a cancellation', () => {
    const cancelled = sampleOrder({
      state: 'CANCELLED',
      confirmed: true,
      reserved: 0n,
      settledAt: testEpoch,
    });
    const seen = sampleSight({ status: 'filled', filledQuantity: 5n, averagePrice: usd('2.50'), fee: 0n });
    expect(observeOrder(cancelled, seen, later)).toMatchObject({ state: 'FILLED', spent: usd('12.50') });
  });

  it('does not go back when the exchange shows an older state', () => {
    const filled = sampleOrder({
      state: 'FILLED',
      confirmed: true,
      filledQuantity: 5n,
      settledAt: testEpoch,
    });
    expect(observeOrder(filled, sampleSight({ status: 'live', filledQuantity: 1n }), later)).toBeUndefined();
  });

  it('does not make a known fill dearer when its price is left out', () => {
    const priced = sampleSight({ filledQuantity: 2n, averagePrice: usd('2.00'), fee: 0n });
    const partly = observeOrder(sampleOrder(), priced, later) as Order;
    const seen = sampleSight({ status: 'cancelled', filledQuantity: 2n });
    expect(observeOrder(partly, seen, later)).toMatchObject({ state: 'CANCELLED', spent: usd('4.00') });
  });

  it('treats a word that it does not know as live', () => {
    expect(
      observeOrder(sampleOrder({ state: 'UNKNOWN' }), sampleSight({ status: 'unknown' }), later),
    ).toMatchObject({
      state: 'OPEN',
      confirmed: false,
    });
  });

  it.each([
    ['cancelled', 0n, 'CANCELLED'],
    ['cancelled', 2n, 'CANCELLED'],
    ['expired', 0n, 'EXPIRED'],
    ['expired', 2n, 'EXPIRED'],
    ['rejected', 0n, 'REJECTED'],
    // What was bought was not rejected.
    ['rejected', 2n, 'CANCELLED'],
    // The quantity decides over the word.
    ['filled', 2n, 'PARTIALLY_FILLED'],
    ['filled', 0n, 'OPEN'],
    ['cancelled', 5n, 'FILLED'],
  ] as const)('shown as %s with %i filled is %s', (status, filledQuantity, state) => {
    const claimed = sampleOrder({ state: 'SUBMITTED', exchangeOrderId: undefined });
    expect(observeOrder(claimed, sampleSight({ status, filledQuantity }), later)?.state).toBe(state);
  });

  it('stays expired when the exchange calls it cancelled later', () => {
    const expired = sampleOrder({ state: 'EXPIRED', settledAt: testEpoch });
    expect(observeOrder(expired, sampleSight({ status: 'cancelled' }), later)).toMatchObject({
      state: 'EXPIRED',
      confirmed: true,
    });
  });

  it.each([
    ['another end', { state: 'REJECTED', settledAt: testEpoch }, { status: 'cancelled' }],
    ['an end of which it is not known when it came', { state: 'CANCELLED' }, { status: 'cancelled' }],
  ] as const)('does not take %s for agreement', (_name, before, seen) => {
    const next = observeOrder(
      sampleOrder({ ...before, reason: 'x' }),
      sampleSight({ ...seen, closureReason: 'y' }),
      later,
    );
    expect(next).toMatchObject({ state: 'CANCELLED', confirmed: false, reserved: usd('12.625') });
  });

  it("keeps its reason while nothing changes, and the exchange's word counts more", () => {
    const refused = sampleOrder({ state: 'UNKNOWN', reason: 'http-502' });
    expect(observeOrder(refused, sampleSight(), later)?.reason).toBeUndefined();
    const open = sampleOrder({ reason: 'ours', filledQuantity: 0n });
    const partly = sampleSight({ filledQuantity: 1n });
    expect(observeOrder({ ...open, state: 'PARTIALLY_FILLED' }, partly, later)?.reason).toBe('ours');
    const closed = sampleSight({ status: 'cancelled', closureReason: 'user_cancelled' });
    expect(observeOrder(open, closed, later)?.reason).toBe('user_cancelled');
  });

  it('follows a price that is corrected upwards without a new fill', () => {
    const partly = sampleOrder({ state: 'PARTIALLY_FILLED', filledQuantity: 2n, spent: usd('4.00') });
    const dearer = sampleSight({ filledQuantity: 2n, averagePrice: usd('2.20'), fee: usd('0.01') });
    expect(observeOrder(partly, dearer, later)?.spent).toBe(usd('4.41'));
    const cheaper = sampleSight({ filledQuantity: 2n, averagePrice: usd('1.90'), fee: 0n });
    expect(observeOrder(partly, cheaper, later)).toMatchObject({ spent: usd('4.00') });
  });

  it('says nothing when there is nothing new', () => {
    expect(observeOrder(sampleOrder(), sampleSight(), later)).toBeUndefined();
  });

  it('through any sequence of sights: legal moves, growing fills and spending, books that cover the order', () => {
    const status = fc.constantFrom<ExchangeOrderStatus>(
      'live',
      'filled',
      'cancelled',
      'expired',
      'rejected',
      'unknown',
    );
    const sight = fc.record({
      status,
      filledQuantity: fc.bigInt({ min: 0n, max: 7n }),
      averagePrice: fc.option(fc.bigInt({ min: usd('1'), max: usd('2.50') }), { nil: undefined }),
      wait: fc.integer({ min: 0, max: 200_000 }),
    });
    fc.assert(
      fc.property(fc.array(sight, { maxLength: 20 }), (sights) => {
        let order = sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined });
        let now = testEpoch;
        for (const { wait, ...changes } of sights) {
          now += wait;
          const next = observeOrder(order, sampleSight({ ...changes, fee: 0n }), now);
          if (next === undefined) continue;
          expect(mayMove(order.state, next.state)).toBe(true);
          expect(next.version).toBe(order.version + 1);
          expect(next.filledQuantity >= order.filledQuantity && next.filledQuantity <= order.quantity).toBe(
            true,
          );
          expect(next.spent >= order.spent).toBe(true);
          expect(next.spent >= next.filledQuantity * usd('1')).toBe(true);
          if (!next.confirmed) {
            expect(next.reserved >= (next.quantity - next.filledQuantity) * next.limitPrice).toBe(true);
          }
          order = next;
        }
      }),
    );
  });
});

describe('an order that is not the one we sent', () => {
  it.each([
    ['other-client-order-id', { clientOrderId: 'other' }],
    ['other-side', { side: 'sell' }],
    ['other-market', { marketId: 'other' }],
    ['other-quantity', { quantity: 10n }],
    ['filled-too-much', { quantity: undefined, filledQuantity: 6n }],
  ])('is told by its %s', (problem, changes) => {
    expect(mismatchOf(sampleOrder(), sampleSight(changes))).toBe(problem);
  });

  it('is not assumed where the exchange does not say', () => {
    const silent = { clientOrderId: undefined, side: undefined, marketId: undefined, quantity: undefined };
    expect(mismatchOf(sampleOrder(), sampleSight(silent))).toBeUndefined();
    expect(mismatchOf(sampleOrder(), sampleSight())).toBeUndefined();
  });
});

describe('an overrun', () => {
  const before = sampleOrder({ reserved: usd('7.575'), spent: usd('5.05') });

  it('is what costs more than was reserved and spent before, but for the rounding of fees', () => {
    const roundedUp = { ...before, reserved: 0n, spent: usd('12.625') + before.quantity };
    expect(isOverrun(before, roundedUp)).toBe(false);
    expect(isOverrun(before, { ...roundedUp, spent: roundedUp.spent + 1n })).toBe(true);
  });

  it('is none where an order costs less', () => {
    expect(isOverrun(before, { ...before, reserved: 0n })).toBe(false);
  });
});
