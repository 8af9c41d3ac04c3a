import { expect, it } from 'vitest';
import { decimalScale, parseDecimal } from '../../../shared/ledger/decimal.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { bestPricesOfOthers } from '../../../shared/top-up/best-prices.ts';
import { sampleOrder } from '../../support/sample-order.ts';

const usd = (text: string) => parseDecimal(text) ?? 0n;
const level = (price: string, units: bigint) => ({ price: usd(price), quantity: units * decimalScale });
const book = {
  bids: [level('2.02', 4n), level('2.01', 7n), level('2.00', 9n)],
  asks: [level('2.10', 1n), level('2.11', 1n)],
};

function bid(limitPrice: string, quantity: bigint, change: Partial<Order> = {}): Order {
  return sampleOrder({ state: 'OPEN', limitPrice: usd(limitPrice), quantity, filledQuantity: 0n, ...change });
}

it.each<[string, readonly Order[], string]>([
  ['without orders of ours', [], '2.02'],
  ['where all that is bid is ours', [bid('2.02', 4n)], '2.01'],
  ['where others bid the same price', [bid('2.02', 3n)], '2.02'],
  ['with several orders of ours', [bid('2.02', 1n), bid('2.02', 3n), bid('2.01', 7n)], '2.00'],
  [
    'where ours is filled in part',
    [bid('2.02', 6n, { filledQuantity: 2n, state: 'PARTIALLY_FILLED' })],
    '2.01',
  ],
  ['where ours is over', [bid('2.02', 4n, { state: 'CANCELLED' })], '2.02'],
])('sees what others bid %s', (_what, own, expected) => {
  expect(bestPricesOfOthers(book, own)).toEqual({ bestBid: usd(expected), bestAsk: usd('2.10') });
});

it('sees nothing where nobody else bids, and nobody asks', () => {
  const ours = { bids: [level('2.02', 4n)], asks: [] };
  expect(bestPricesOfOthers(ours, [bid('2.02', 4n)])).toEqual({ bestBid: undefined, bestAsk: undefined });
});
