import { bookLevels, type OrderBook } from '../../local/backtest/market/order-book.ts';
import { centsToUsd } from '../../local/backtest/policies/notation.ts';
import type { Administration } from '../../local/exchange/admin/administration.ts';

/** Units that others bid at each price, as in the backtest: who joins them stands behind. */
const queueAtBid = 10;

/** Prices, a cent apart, at which others bid. More than an order of ours is ever below the best bid. */
const bidLevels = 20;

/** Turns a market of the simulator into a minute of the backtest's: quotes first, then those who sell at the bid. */
export function passMarketMinute(
  admin: Pick<Administration, 'moveBook' | 'sellToBids'>,
  market: string,
  book: OrderBook,
  minute: number,
): void {
  const bids = bidsOf(book, minute);
  admin.moveBook({ market, bids, asks: asksOf(book, minute) });
  const units = book.sellFlow[minute] ?? 0;
  if (units === 0) return;
  admin.sellToBids({ market, price: centsToUsd(book.bid[minute] ?? 0), units });
  // Others bid again; what our own orders have taken from the asks is gone for this minute.
  admin.moveBook({ market, bids });
}

function bidsOf(book: OrderBook, minute: number): { price: string; quantity: number }[] {
  const best = book.bid[minute] ?? 0;
  const levels = Array.from({ length: bidLevels }, (_, level) => best - level).filter((cents) => cents > 0);
  return levels.map((cents) => ({ price: centsToUsd(cents), quantity: queueAtBid }));
}

function asksOf(book: OrderBook, minute: number): { price: string; quantity: number }[] {
  const best = book.ask[minute] ?? 0;
  const levels = book.depth.subarray(minute * bookLevels, (minute + 1) * bookLevels);
  return Array.from(levels, (quantity, level) => ({ price: centsToUsd(best + level), quantity }));
}
