import type { Usd } from '../../ledger/decimal.ts';
import type { BestPrices, MarketMemory } from './market-memory.ts';
import { bidPrice, type PurchaseBounds } from './purchase-bounds.ts';
import { clamp } from './statistics.ts';

/** With little stock a patient order bids so far below the middle of the book, in half spreads; */
const littleStockDepth = 0.5;
/** with plenty of stock so much further. */
const plentyOfStockDepth = 0.7;

/**
 * The price of an order that can wait: below the middle of the book, above the best bid while stock is small so that it
 * is next to be filled, lower the more there is. The usual spread counts, not that of the moment: a book that is wide
 * for a minute is no reason to bid less. Undefined where the book shows nothing to go by.
 *
 * @param plenty how much of the wished stock is there: 0 to 1
 */
export function patientPrice(
  prices: BestPrices,
  memory: MarketMemory,
  plenty: number,
  bounds: PurchaseBounds,
): Usd | undefined {
  const { bid, ask } = prices;
  const tick = Number(bounds.tick) / 1e8;
  if (bid === undefined && ask === undefined) return undefined;
  if (ask === undefined) return bidPrice((bid ?? 0) + tick, bounds.maximumPrice, bounds);
  if (bid === undefined) return bidPrice(ask - tick, bounds.maximumPrice, bounds);
  const depth = littleStockDepth + plentyOfStockDepth * clamp(plenty, 0, 1);
  const wished = (bid + ask) / 2 - memory.halfSpread * depth;
  return bidPrice(Math.min(wished, ask - tick), bounds.maximumPrice, bounds);
}

/**
 * The most that is bid to have Units now. The exchange fills at the best asks; the limit only says where to stop. The
 * emergency price is for when the ask is above the maximum.
 */
export function urgentPrice(prices: BestPrices, bounds: PurchaseBounds): Usd {
  return isDear(prices, bounds) ? bounds.emergencyPrice : bounds.maximumPrice;
}

/** Whether the ask is above the maximum price and the emergency price may be paid. */
export function isDear({ ask }: BestPrices, bounds: PurchaseBounds): boolean {
  const isAbove = ask !== undefined && ask * 1e8 > Number(bounds.maximumPrice) + 0.5;
  return isAbove && bounds.emergencyPrice > bounds.maximumPrice;
}
