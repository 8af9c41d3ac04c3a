import { describe, expect, it } from 'vitest';
import type { OpenOrder } from '../../../../shared/top-up/policy/contract.ts';
import { planOrders, type Situation } from '../../../../shared/top-up/policy/plan-orders.ts';
import { purchaseBounds } from '../../../../shared/top-up/policy/purchase-bounds.ts';
import { minute, monday, openOrder, stage } from './support/observations.ts';

const cents = (price: number) => BigInt(price) * 1_000_000n;
const levels = { danger: 1, reorder: 2, level: 6, reserved: 0, rate: 0.2, isAsleep: false };

function plan(changes: Partial<Situation>) {
  return planOrders({
    now: monday,
    levels,
    stock: 3,
    openOrders: [],
    patientPrice: cents(199),
    urgentPrice: cents(250),
    ask: cents(202),
    bounds: purchaseBounds(stage, null),
    patienceMinutes: 10,
    isPatient: true,
    isBlind: false,
    ...changes,
  });
}

const patient = (changes: Partial<OpenOrder> = {}) => openOrder({ remaining: 3, ...changes });
const urgent = (changes: Partial<OpenOrder> = {}) =>
  openOrder({ orderId: 'order-2', purpose: 'urgent', limitPrice: '2.50', ...changes });

describe('orders planned', () => {
  it('are patient up to the level while stock lasts', () => {
    expect(plan({}).orders).toEqual([{ purpose: 'patient', quantity: 3, limitPrice: '1.99' }]);
    expect(plan({ stock: 5.2 })).toMatchObject({ orders: [], reason: 'enough' });
  });

  it('are for one Unit at least below the reorder point', () => {
    const small = { ...levels, danger: 0.1, reorder: 0.25, level: 0.25 };
    expect(plan({ levels: small, stock: 0.2 }).orders).toEqual([
      { purpose: 'patient', quantity: 1, limitPrice: '1.99' },
    ]);
    expect(plan({ levels: small, stock: 0.26 }).orders).toEqual([]);
  });

  it('are urgent up to the reorder point below danger, beside a patient order that is cancelled', () => {
    expect(plan({ stock: 0.5, openOrders: [patient()] })).toEqual({
      cancels: ['order-1'],
      dependsOnPrices: true,
      orders: [{ purpose: 'urgent', quantity: 2, limitPrice: '2.50' }],
      reason: 'dangerously-low',
      boundBy: null,
      position: 0.5,
    });
  });

  it('bridge at the ask what a patient order is too slow for', () => {
    const slow = { stock: 1.5, openOrders: [patient({ remaining: 4 })] };
    expect(plan(slow)).toMatchObject({
      cancels: [],
      orders: [{ purpose: 'urgent', quantity: 1, limitPrice: '2.02' }],
      reason: 'below-level',
    });
    expect(plan({ ...slow, openOrders: [patient({ remaining: 5 })] }).orders).toEqual([]);
    expect(plan({ ...slow, ask: cents(260) }).orders).toEqual([]);
  });

  it('count open orders, and never number two of a purpose', () => {
    expect(plan({ openOrders: [patient()] })).toMatchObject({ orders: [], reason: 'enough', position: 6 });
    expect(plan({ openOrders: [patient({ remaining: 1 })] })).toMatchObject({
      orders: [],
      reason: 'order-open',
    });
    expect(plan({ stock: 0.2, openOrders: [urgent({ remaining: 1, limitPrice: '2.01' })] }).orders).toEqual(
      [],
    );
  });

  it('count an order that is being cancelled as one that may still buy, except in danger', () => {
    expect(plan({ openOrders: [patient({ isEnding: true })] }).orders).toEqual([]);
    expect(plan({ stock: 0.5, openOrders: [patient({ isEnding: true })] }).orders).toHaveLength(1);
  });

  it.each([
    ['has rested too long', patient({ placedAt: monday - 10 * minute })],
    ['is outbid', patient({ limitPrice: '1.97' })],
    ['is for more than is wanted by now', patient({ remaining: 5 })],
  ])('replace a patient order that %s in the next review', (_, order) => {
    expect(plan({ openOrders: [order] })).toMatchObject({ cancels: ['order-1'], orders: [] });
  });

  it('leave an urgent order that waits at the highest price allowed', () => {
    const tooDear = { stock: 0.5, ask: cents(260), openOrders: [urgent()] };
    expect(plan(tooDear)).toMatchObject({ cancels: [], orders: [] });
    const emergency = { ...tooDear, urgentPrice: cents(500) };
    expect(plan(emergency)).toMatchObject({ cancels: ['order-2'], orders: [] });
    expect(plan({ ...emergency, openOrders: [] }).orders[0]?.limitPrice).toBe('5.00');
  });

  it('never need more than two writes', () => {
    const many = [
      patient(),
      patient({ orderId: 'order-3' }),
      patient({ orderId: 'order-4', placedAt: monday - 11 * minute }),
    ];
    const urgently = plan({ stock: 0, openOrders: many });
    expect(urgently.cancels.length + urgently.orders.length).toBe(2);
    expect(plan({ stock: 9, openOrders: many }).cancels).toHaveLength(2);
  });

  it('are kept within bounds, which are named', () => {
    const bounds = (changes: object, budget: string | null) =>
      purchaseBounds({ ...stage, ...changes }, budget);
    expect(plan({ bounds: bounds({ maximumQuantity: 2 }, null) })).toMatchObject({
      orders: [{ quantity: 2 }],
      boundBy: 'maximum-order',
    });
    expect(plan({ bounds: bounds({}, '4.10') })).toMatchObject({
      orders: [{ quantity: 2 }],
      boundBy: 'budget',
    });
    expect(plan({ bounds: bounds({}, '2.00') })).toMatchObject({
      orders: [],
      reason: 'not-affordable',
      boundBy: 'budget',
    });
    expect(plan({ ask: cents(260), stock: 0 })).toMatchObject({ boundBy: 'maximum-price' });
    expect(plan({ patientPrice: undefined })).toMatchObject({
      orders: [],
      reason: 'no-price',
      boundBy: 'market',
    });
    expect(plan({ isBlind: true })).toMatchObject({ orders: [], reason: 'balance-never-shows' });
  });

  it('are called for a batch when only its Units are missing', () => {
    const withBatch = { ...levels, level: 16, reserved: 10 };
    expect(plan({ levels: withBatch, stock: 7 })).toMatchObject({
      orders: [{ quantity: 9 }],
      reason: 'for-a-batch',
    });
    expect(plan({ levels: withBatch, stock: 5 }).reason).toBe('below-level');
  });

  it('are none while asleep', () => {
    const asleep = { danger: 0, reorder: 0, level: 0, reserved: 0, rate: 0, isAsleep: true };
    expect(plan({ levels: asleep, stock: 0 })).toMatchObject({
      orders: [],
      reason: 'asleep',
      boundBy: 'expiry',
    });
  });
});
