import { describe, expect, it } from 'vitest';
import { isFinished, isLive, legalMoves, mayMove, moveOrder } from '../../../shared/orders/life-cycle.ts';
import { orderStates } from '../../../shared/orders/order.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

describe('the life cycle of an order', () => {
  it('never goes back to an earlier stage of sending', () => {
    const earlier = new Set(['PENDING', 'SUBMITTED', 'UNKNOWN']);
    for (const state of orderStates.filter((one) => !earlier.has(one))) {
      expect(legalMoves[state].filter((to) => earlier.has(to))).toEqual([]);
    }
    expect(mayMove('SUBMITTED', 'PENDING')).toBe(false);
    expect(mayMove('UNKNOWN', 'SUBMITTED')).toBe(false);
  });

  it('leaves a filled order alone for ever', () => {
    expect(legalMoves.FILLED).toEqual([]);
  });

  it('lets only an order that was not sent expire or be refused without a look at the exchange', () => {
    expect(legalMoves.PENDING).toEqual(['SUBMITTED', 'REJECTED', 'EXPIRED']);
  });

  it('refuses a move that is not in the table', () => {
    expect(() => moveOrder(sampleOrder({ state: 'FILLED' }), { state: 'OPEN' }, testEpoch)).toThrow(
      'An order cannot move from FILLED to OPEN.',
    );
  });

  it('counts versions and notes when an order ended', () => {
    const ended = moveOrder(sampleOrder(), { state: 'CANCELLED' }, testEpoch + 5);
    expect(ended).toMatchObject({ version: 4, settledAt: testEpoch + 5, updatedAt: testEpoch + 5 });
    const confirmed = moveOrder(ended, { confirmed: true }, testEpoch + 90);
    expect(confirmed).toMatchObject({ version: 5, settledAt: testEpoch + 5, updatedAt: testEpoch + 90 });
    expect(moveOrder(ended, { state: 'FILLED' }, testEpoch + 99).settledAt).toBe(testEpoch + 99);
  });

  it('gives up the slot exactly when the order is finished', () => {
    const order = sampleOrder({ holdsSlot: true });
    const cancelled = moveOrder(order, { state: 'CANCELLED' }, testEpoch);
    expect(cancelled.holdsSlot).toBe(true);
    expect(moveOrder(cancelled, { confirmed: true }, testEpoch).holdsSlot).toBe(false);
    expect(
      moveOrder(sampleOrder({ state: 'UNKNOWN', holdsSlot: true }), { state: 'ABANDONED' }, 0).holdsSlot,
    ).toBe(false);
  });

  it('calls an order finished only when nothing more can be learnt', () => {
    expect(isFinished({ state: 'CANCELLED', confirmed: false })).toBe(false);
    expect(isFinished({ state: 'CANCELLED', confirmed: true })).toBe(true);
    expect(isFinished({ state: 'ABANDONED', confirmed: false })).toBe(true);
    expect(orderStates.filter(isLive)).toEqual([
      'PENDING',
      'SUBMITTED',
      'UNKNOWN',
      'OPEN',
      'PARTIALLY_FILLED',
    ]);
  });
});
