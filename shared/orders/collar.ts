import { decimalScale, minimum, roundDownToTick, type Usd } from '../ledger/decimal.ts';
import type { OrderBook } from './exchange-port.ts';

const basisPoints = 10_000n;

/** The bounds of a market order's price. */
export interface CollarLimits {
  /** Never bid more than this. */
  readonly maximumPrice: Usd;
  /** How far above the worst level needed the bid may lie, for a book that moves. */
  readonly slippageBasisPoints: bigint;
  readonly priceTick: Usd;
}

/**
 * The limit price that buys so many Units at once from this book. The exchange knows no price cap on market
 * orders, so a market order is sent as a limit order at this price.
 *
 * @returns undefined if the book does not hold so many Units at or below the maximum price
 */
export function collarPrice(book: OrderBook, quantity: bigint, limits: CollarLimits): Usd | undefined {
  let missing = quantity * decimalScale;
  for (const level of book.asks) {
    if (level.price > limits.maximumPrice) return undefined;
    missing -= level.quantity;
    if (missing > 0n) continue;
    const withSlippage = (level.price * (basisPoints + limits.slippageBasisPoints)) / basisPoints;
    const price = roundDownToTick(minimum(withSlippage, limits.maximumPrice), limits.priceTick);
    // Rounded below the level it needs, it would not buy at once.
    return price < level.price ? undefined : price;
  }
  return undefined;
}
