import { decayShare } from './statistics.ts';

/** What is remembered of the order book. */
export interface MarketMemory {
  /** Half of the usual distance between bid and ask, USD. */
  readonly halfSpread: number;
  /** Over how many minutes this was learnt. */
  readonly minutes: number;
}

export const noMarketMemory: MarketMemory = { halfSpread: 0, minutes: 0 };

/** Best prices of the book as numbers; undefined where that side is empty or makes no sense. */
export interface BestPrices {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

const halfLifeMinutes = 30;

/** What is remembered after one more look at the book: the plain mean at first, later an average that forgets. */
export function rememberMarket(memory: MarketMemory, prices: BestPrices, minutes: number): MarketMemory {
  const { bid, ask } = prices;
  if (bid === undefined || ask === undefined || ask < bid || minutes <= 0) return memory;
  const known = memory.minutes + minutes;
  const share = Math.max(minutes / known, decayShare(minutes, halfLifeMinutes));
  return {
    halfSpread: memory.halfSpread + share * ((ask - bid) / 2 - memory.halfSpread),
    minutes: Math.min(known, 10 * halfLifeMinutes),
  };
}
