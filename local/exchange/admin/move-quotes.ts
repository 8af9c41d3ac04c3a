import { type Amount, smaller, wholeUnits } from '../decimal.ts';
import type { MatchingEngine } from '../market/matching-engine.ts';
import type { Side } from '../market/order.ts';
import { isBackground, type OrderBook } from '../market/order-book.ts';
import type { Market } from '../world.ts';

/** A price with whole Units. */
export interface Quote {
  readonly price: Amount;
  readonly quantity: number;
}

/** What others quote on each side; undefined for a side that stays as it is. */
interface Quotes {
  readonly buy: readonly Quote[] | undefined;
  readonly sell: readonly Quote[] | undefined;
}

/**
 * Turns what others quote in a market into these quotes. At a price that is quoted already the earliest keep their place
 * in time; what is too much leaves from the end, and what is missing joins behind everybody.
 */
export function moveQuotes(engine: MatchingEngine, market: Market, quotes: Quotes): void {
  const book = engine.book(market);
  const missing = {
    buy: keepPlaces(book, 'buy', quotes.buy),
    sell: keepPlaces(book, 'sell', quotes.sell),
  };
  // After both sides have made room, so that the new bids do not meet the old asks.
  for (const side of ['buy', 'sell'] as const) {
    for (const [price, quantity] of missing[side]) {
      if (quantity > 0n) engine.arrive(market, { kind: 'script' }, side, price, quantity);
    }
  }
}

/** Takes out what is not wanted any more. Returns what is missing, by price. */
function keepPlaces(
  book: OrderBook,
  side: Side,
  quotes: readonly Quote[] | undefined,
): ReadonlyMap<Amount, Amount> {
  const missing = new Map<Amount, Amount>();
  if (quotes === undefined) return missing;
  for (const { price, quantity } of quotes) {
    missing.set(price, (missing.get(price) ?? 0n) + wholeUnits(quantity));
  }
  for (const order of book.orders(side).filter(isBackground)) {
    const wanted = missing.get(order.price) ?? 0n;
    order.remaining = smaller(order.remaining, wanted);
    missing.set(order.price, wanted - order.remaining);
  }
  book.remove(({ remaining }) => remaining === 0n);
  return missing;
}
