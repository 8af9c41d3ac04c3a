import { describe, expect, it } from 'vitest';
import { bookLevels } from '../../../local/backtest/market/order-book.ts';
import { Exchange } from '../../../local/backtest/simulate/exchange.ts';
import { flatBook } from './support.ts';

type Fill = readonly [units: number, price: number, isMaker: boolean];

function exchangeOn(book = flatBook(10)): { exchange: Exchange; fills: Fill[]; book: typeof book } {
  const fills: Fill[] = [];
  return { exchange: new Exchange(book, (...fill) => fills.push(fill)), fills, book };
}

describe('an order that crosses', () => {
  it('takes level by level what is on offer up to its limit, and the rest waits', () => {
    const { exchange, fills, book } = exchangeOn(flatBook(10, 3));
    book.depth[1] = 1;
    exchange.open(0);
    exchange.place(0, 8, 202, true);
    expect(fills).toEqual([
      [3, 200, false],
      [1, 201, false],
      [3, 202, false],
    ]);
    expect(exchange.orders).toMatchObject([{ limit: 202, remaining: 1, placedAt: 0 }]);
  });

  it('finds in the same minute what earlier orders left, and the next minute a full book', () => {
    const { exchange, fills } = exchangeOn(flatBook(10, 3));
    exchange.open(0);
    exchange.place(0, 2, 200, true);
    exchange.place(0, 2, 200, false);
    exchange.open(1);
    exchange.place(1, 3, 200, true);
    expect(fills.map(([units]) => units)).toEqual([2, 1, 3]);
    expect(exchange.orders).toEqual([]);
  });

  it('does not wait if it is a market order, and stops at the last level of the book', () => {
    const { exchange, fills } = exchangeOn(flatBook(10, 1));
    exchange.open(0);
    exchange.place(0, 100, Number.POSITIVE_INFINITY, false);
    expect(fills).toHaveLength(bookLevels);
    expect(exchange.orders).toEqual([]);
  });
});

describe('an order that rests', () => {
  it('sells before the best bid to whoever sells, at its own price', () => {
    const { exchange, fills, book } = exchangeOn();
    exchange.open(0);
    exchange.place(0, 5, 199, true);
    book.sellFlow[1] = 3;
    exchange.open(1);
    expect(fills).toEqual([[3, 199, true]]);
    expect(exchange.orders).toMatchObject([{ remaining: 2 }]);
  });

  it('waits behind ten Units that were at the best bid before it', () => {
    const { exchange, fills, book } = exchangeOn();
    exchange.open(0);
    exchange.place(0, 5, 198, true);
    book.sellFlow.fill(6, 1, 3);
    exchange.open(1);
    expect(fills).toEqual([]);
    exchange.open(2);
    expect(fills).toEqual([[2, 198, true]]);
  });

  it('is served before those who come to its price later, and behind those who were there below the best bid', () => {
    const { exchange, fills, book } = exchangeOn();
    exchange.open(0);
    exchange.place(0, 5, 199, true);
    exchange.place(0, 5, 197, true);
    book.bid.set([199, 197], 1);
    book.sellFlow.set([4, 12], 1);
    exchange.open(1);
    expect(fills).toEqual([[4, 199, true]]);
    exchange.open(2);
    expect(fills.slice(1)).toEqual([
      [1, 199, true],
      [1, 197, true],
    ]);
  });

  it('gets nothing below the best bid', () => {
    const { exchange, fills, book } = exchangeOn();
    exchange.open(0);
    exchange.place(0, 5, 197, true);
    book.sellFlow[1] = 50;
    exchange.open(1);
    expect(fills).toEqual([]);
  });

  it('pays its own price when the ask comes down to it', () => {
    const { exchange, fills, book } = exchangeOn(flatBook(10, 2));
    exchange.open(0);
    exchange.place(0, 5, 195, true);
    book.bid[1] = 190;
    book.ask[1] = 194;
    exchange.open(1);
    expect(fills).toEqual([
      [2, 195, true],
      [2, 195, true],
    ]);
    expect(exchange.orders).toMatchObject([{ remaining: 1 }]);
  });

  it('comes after better prices and after earlier orders of its price', () => {
    const { exchange, book } = exchangeOn();
    exchange.open(0);
    const ids = [199, 198, 199].map((limit) => exchange.place(0, 1, limit, true));
    expect(exchange.orders.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[1]]);
    book.sellFlow[1] = 1;
    exchange.open(1);
    expect(exchange.orders.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  });

  it('is gone once it is cancelled', () => {
    const { exchange, fills, book } = exchangeOn();
    exchange.open(0);
    const id = exchange.place(0, 5, 199, true);
    expect(exchange.cancel(id)).toBe(true);
    expect(exchange.cancel(id)).toBe(false);
    book.sellFlow[1] = 3;
    exchange.open(1);
    expect(fills).toEqual([]);
  });
});
