import { describe, expect, it } from 'vitest';
import { emitOrderStep } from '../../../shared/observability/order-metrics.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';

function step(before: Partial<Order>, after: Partial<Order>): readonly string[] {
  const { emit, lines } = createRecordedMetrics();
  emitOrderStep(emit, sampleOrder(before), sampleOrder({ ...before, ...after }));
  return lines;
}

describe('a step of an order', () => {
  it.each([
    ['FILLED', 'filled'],
    ['CANCELLED', 'cancelled'],
    ['EXPIRED', 'expired'],
    ['REJECTED', 'rejected'],
    ['UNKNOWN', 'unclear'],
    ['ABANDONED', 'abandoned'],
  ] as const)('to %s counts as %s, once', (state, outcome) => {
    expect(step({ state: 'SUBMITTED' }, { state })).toEqual([`OrderOutcome 1 outcome=${outcome}`]);
    expect(step({ state }, { confirmed: true })).toEqual([]);
  });

  it.each(['SUBMITTED', 'OPEN', 'PARTIALLY_FILLED'] as const)('to %s is no outcome', (state) => {
    expect(step({ state: 'PENDING' }, { state })).toEqual([]);
  });

  it('that brings Units tells what one of them has cost, fees included', () => {
    const before = { state: 'OPEN', filledQuantity: 1n, spent: usd('2.40') } as const;
    const after = { state: 'PARTIALLY_FILLED', filledQuantity: 3n, spent: usd('7.45') } as const;
    expect(step(before, after)).toEqual(['PricePaid 2.525 instrument=chat-prime']);
  });

  it('that brings none tells no price, also when a fee is learnt late', () => {
    const filled = { state: 'FILLED', filledQuantity: 5n, spent: usd('12') } as const;
    expect(step(filled, { spent: usd('12.10') })).toEqual([]);
  });
});
