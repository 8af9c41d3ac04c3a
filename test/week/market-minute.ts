import { bookLevels, type OrderBook } from '../../local/backtest/market/order-book.ts';
import { centsToUsd } from '../../local/backtest/policies/notation.ts';
import type { Administration } from '../../local/exchange/admin/administration.ts';

/** Units that others bid at the best price, as in the backtest. */
const queueAtBid = 10;

/** Turns a market of the simulator into a minute of the backtest's: quotes first, then those who sell at the bid. */
export function passMarketMinute(
  admin: Pick<Administration, 'moveBook' | 'sellToBids'>,
  market: string,
  book: OrderBook,
  minute: number,
): void {
  const price = centsToUsd(book.bid[minute] ?? 0);
  const bids = [{ price, quantity: queueAtBid }];
  admin.moveBook({ market, bids, asks: asksOf(book, minute) });
  const units = book.sellFlow[minute] ?? 0;
  if (units === 0) return;
  admin.sellToBids({ market, price, units });
  // Others bid again; what our own orders have taken from the asks is gone for this minute.
  admin.moveBook({ market, bids });
}

function asksOf(book: OrderBook, minute: number): { price: string; quantity: number }[] {
  const best = book.ask[minute] ?? 0;
  const levels = book.depth.subarray(minute * bookLevels, (minute + 1) * bookLevels);
  return Array.from(levels, (quantity, level) => ({ price: centsToUsd(best + level), quantity }));
}
