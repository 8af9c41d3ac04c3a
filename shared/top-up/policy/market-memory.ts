import { clamp, decayShare } from './statistics.ts';
import { minuteMs } from './use-history.ts';

/** What is remembered of the order book. */
export interface MarketMemory {
  /** Half of the usual distance between bid and ask, USD. */
  readonly halfSpread: number;
  /** Over how many minutes this was learnt. */
  readonly minutes: number;
  /** Up to when: ms since the epoch. */
  readonly at: number;
}

/** Before any book was seen. */
export function noMarketMemory(now: number): MarketMemory {
  return { halfSpread: 0, minutes: 0, at: now };
}

/** Best prices of the book as numbers; undefined where that side is empty or makes no sense. */
export interface BestPrices {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

const halfLifeMinutes = 30;

/**
 * What is remembered after one more look at the book: the plain mean at first, later an average that forgets. A book stands
 * for all of the time since the one before it, so that rare looks teach the same as many.
 *
 * @param mostMinutes that one look may stand for
 */
export function rememberMarket(
  memory: MarketMemory,
  prices: BestPrices,
  now: number,
  mostMinutes: number,
): MarketMemory {
  const { bid, ask } = prices;
  if (bid === undefined || ask === undefined || ask < bid) return memory;
  const minutes = clamp((now - memory.at) / minuteMs, 0, mostMinutes);
  // The clock may have gone back.
  if (minutes === 0) return { ...memory, at: now };
  const known = memory.minutes + minutes;
  const share = Math.max(minutes / known, decayShare(minutes, halfLifeMinutes));
  return {
    halfSpread: memory.halfSpread + share * ((ask - bid) / 2 - memory.halfSpread),
    minutes: Math.min(known, 10 * halfLifeMinutes),
    at: now,
  };
}
