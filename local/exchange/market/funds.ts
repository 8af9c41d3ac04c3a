import { type Amount, multiply } from '../decimal.ts';
import { type Order, type OrderRequest, remainingOf } from './order.ts';
import type { Match } from './order-book.ts';

/** Units of some matches together. */
export function unitsOf(matches: readonly Match[]): Amount {
  return matches.reduce((sum, match) => sum + match.quantity, 0n);
}

/** Value plus fee. The fee is rounded down, so that fees of parts never exceed the fee of the whole. */
function costOf(price: Amount, quantity: Amount, feeRate: Amount): Amount {
  const value = multiply(price, quantity);
  return value + multiply(value, feeRate);
}

/**
 * What an order needs before it is accepted: USD for a buy, at its limit, or for a market order at the
 * prices it would trade at; Units for a sell.
 */
export function fundsFor(request: OrderRequest, matches: readonly Match[], feeRate: Amount): Amount {
  if (request.side === 'sell') return request.quantity;
  if (request.price !== null) return costOf(request.price, request.quantity, feeRate);
  return matches.reduce((sum, match) => sum + costOf(match.price, match.quantity, feeRate), 0n);
}

/** What an order holds back while it may be filled: USD of a limit buy, Units of a sell. */
export function lockOf(order: Order): Amount {
  if (order.side === 'sell') return remainingOf(order);
  return order.price === null ? 0n : costOf(order.price, remainingOf(order), order.feeRate);
}
