import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeOrderStatus } from '../../../shared/orders/exchange-port.ts';
import { mayMove } from '../../../shared/orders/life-cycle.ts';
import { mismatchOf, observeOrder } from '../../../shared/orders/observe.ts';
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
    expect(observeOrder(cancelled as Order, seen, later + 59_999)).toBeUndefined();
    expect(observeOrder(cancelled as Order, seen, later + 60_000)).toMatchObject({
      confirmed: true,
      reserved: 0n,
    });
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
