import { describe, expect, it } from 'vitest';
import type { ExactJson } from '../../../shared/exchange/exact-json.ts';
import { type JsonObject, UnreadableAnswer } from '../../../shared/exchange/fields.ts';
import { parseOrder } from '../../../shared/exchange/parse-orders.ts';

/** Numbers as text, as the exact reading of JSON gives them. */
const deployed: JsonObject = {
  order_id: 'order_1',
  client_order_id: 'g1a-x',
  market_id: 'market_1',
  side: 'buy',
  type: 'limit',
  quantity: '5',
  filled_quantity: '2',
  price: '2.50',
  average_price: null,
  status: 'partially_filled',
  closure_reason: null,
  submitted_at: '2026-11-23T12:00:00Z',
};

const without = (...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(deployed).filter(([name]) => !names.includes(name)));
const changed = (change: Record<string, ExactJson>): JsonObject => ({ ...deployed, ...change });

describe('an order', () => {
  it('is read in its deployed form', () => {
    expect(parseOrder(deployed)).toEqual({
      exchangeOrderId: 'order_1',
      clientOrderId: 'g1a-x',
      marketId: 'market_1',
      side: 'buy',
      quantity: 5n,
      filledQuantity: 2n,
      limitPrice: 250_000_000n,
      averagePrice: undefined,
      fee: undefined,
      status: 'live',
      closureReason: undefined,
      submittedAt: Date.UTC(2026, 10, 23, 12),
    });
  });

  it('is read under its older names', () => {
    const older: JsonObject = {
      id: 'order_1',
      size: '5.0',
      remaining_quantity: '3',
      average_fill_price: '2.45500000',
      fee: '0.012',
      status: 'OPEN',
      side: 'BUY',
      created_at: '1795435200',
    };
    expect(parseOrder(older)).toMatchObject({
      exchangeOrderId: 'order_1',
      clientOrderId: undefined,
      side: 'buy',
      quantity: 5n,
      filledQuantity: 2n,
      averagePrice: 245_500_000n,
      fee: 1_200_000n,
      limitPrice: undefined,
      status: 'live',
      submittedAt: 1_795_435_200_000,
    });
    expect(parseOrder({ order_id: 'o', original_quantity: '9', filled_quantity: '0' }).quantity).toBe(9n);
  });

  it('takes its names of today before the older ones', () => {
    expect(parseOrder(changed({ id: 'other', size: '9', remaining_quantity: '5' }))).toMatchObject({
      exchangeOrderId: 'order_1',
      quantity: 5n,
      filledQuantity: 2n,
    });
  });

  it.each([
    ['pending', 'live'],
    ['active', 'live'],
    ['open', 'live'],
    ['partially_filled', 'live'],
    ['cancellation_pending', 'live'],
    ['Active', 'live'],
    ['filled', 'filled'],
    ['cancelled', 'cancelled'],
    ['canceled', 'cancelled'],
    ['closed', 'cancelled'],
    ['rejected', 'rejected'],
    ['expired', 'expired'],
    ['suspended', 'unknown'],
    ['fille', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
    ['toString', 'unknown'],
  ])('with the status word %s is %s', (word, status) => {
    expect(parseOrder(changed({ status: word })).status).toBe(status);
  });

  it.each([null, '', ['filled'], { word: 'filled' }, true])('with the status %j is unknown', (status) => {
    expect(parseOrder(changed({ status })).status).toBe('unknown');
    expect(parseOrder(without('status')).status).toBe('unknown');
  });

  it.each(['closed', 'cancelled', 'expired', 'active', 'whatever'])(
    'that is %s but completely filled is filled',
    (status) => {
      expect(parseOrder(changed({ status, filled_quantity: '5' })).status).toBe('filled');
    },
  );

  it('of no Units is not filled by that', () => {
    expect(parseOrder(changed({ quantity: '0', filled_quantity: '0', status: 'cancelled' })).status).toBe(
      'cancelled',
    );
  });

  it('keeps what was filled of it before it ended', () => {
    expect(parseOrder(changed({ status: 'cancelled', closure_reason: 'user_request' }))).toMatchObject({
      status: 'cancelled',
      filledQuantity: 2n,
      closureReason: 'user_request',
    });
  });
});

describe('an order that cannot be read', () => {
  it.each<[string, JsonObject]>([
    ['has no id', without('order_id')],
    ['has a blank id', changed({ order_id: ' ' })],
    ['has an id that is no id', changed({ order_id: 'order 1' })],
    ['does not say what was filled', without('filled_quantity')],
    ['has null for what was filled', changed({ filled_quantity: null })],
    ['has more remaining than ordered', { order_id: 'o', quantity: '5', remaining_quantity: '6' }],
    ['has a remaining quantity of an unknown whole', { order_id: 'o', remaining_quantity: '6' }],
    ['was filled by half a Unit', changed({ filled_quantity: '1.5' })],
    ['was filled by less than nothing', changed({ filled_quantity: '-1' })],
    ['is for half a Unit', changed({ quantity: '1.5' })],
    ['has an exponent as quantity', changed({ quantity: '1e3' })],
    ['has a negative price', changed({ price: '-2.50' })],
    ['has a price that is no number', changed({ price: 'NaN' })],
    ['has a price in an object', changed({ price: { amount: '2.50' } })],
    ['has an average price of 39 digits', changed({ average_price: '9'.repeat(39) })],
    ['has a negative fee', changed({ fee: '-0.1' })],
  ])('%s', (_what, row) => {
    expect(() => parseOrder(row)).toThrow(UnreadableAnswer);
  });
});
