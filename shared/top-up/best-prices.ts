import { decimalScale, type Usd } from '../ledger/decimal.ts';
import type { OrderBook } from '../orders/exchange-port.ts';
import { isLive } from '../orders/life-cycle.ts';
import type { Order } from '../orders/order.ts';

/** The best prices of a market; undefined where a side is empty. */
export interface BestPrices {
  readonly bestBid: Usd | undefined;
  readonly bestAsk: Usd | undefined;
}

/**
 * What others bid and ask. Our own bids are in the book as well: a policy that took them for somebody else's would outbid
 * itself.
 *
 * @param own our orders of the instrument that are not over
 */
export function bestPricesOfOthers(book: OrderBook, own: readonly Order[]): BestPrices {
  const bidOfOthers = book.bids.find(({ price, quantity }) => quantity > bidAt(price, own));
  return { bestBid: bidOfOthers?.price, bestAsk: book.asks[0]?.price };
}

/** Units that our orders still bid at a price. */
function bidAt(price: Usd, own: readonly Order[]): bigint {
  return own
    .filter((order) => order.limitPrice === price && isLive(order.state))
    .reduce((units, order) => units + (order.quantity - order.filledQuantity) * decimalScale, 0n);
}
