import { clamp, decayShare } from './statistics.ts';

/** What is remembered of the order book. USD per Unit. */
export interface MarketMemory {
  /** The usual price: the middle of the book, averaged over about a day. */
  readonly usual: number;
  /** The middle of the book lately. */
  readonly lately: number;
  /** Half of the usual distance between bid and ask. */
  readonly halfSpread: number;
  /** Over how many minutes this was learnt. */
  readonly minutes: number;
}

export const noMarketMemory: MarketMemory = { usual: 0, lately: 0, halfSpread: 0, minutes: 0 };

/** Best prices of the book as numbers; undefined where that side is empty or makes no sense. */
export interface BestPrices {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

const usualHalfLifeMinutes = 720;
const latelyHalfLifeMinutes = 5;
const spreadHalfLifeMinutes = 30;
const longestMemoryMinutes = 10_080;
/** Before so many minutes are known, no price is called cheap or dear. */
const learningMinutes = 240;

/** What is remembered after one more look at the book. */
export function rememberMarket(memory: MarketMemory, prices: BestPrices, minutes: number): MarketMemory {
  const { bid, ask } = prices;
  if (bid === undefined || ask === undefined || ask < bid || minutes <= 0) return memory;
  const known = memory.minutes;
  // Early on the plain mean, later an average that forgets.
  const share = (halfLife: number) => Math.max(minutes / (known + minutes), decayShare(minutes, halfLife));
  const middle = (bid + ask) / 2;
  const towards = (old: number, value: number, halfLife: number) => old + share(halfLife) * (value - old);
  return {
    usual: towards(memory.usual, middle, usualHalfLifeMinutes),
    lately: towards(memory.lately, middle, latelyHalfLifeMinutes),
    halfSpread: towards(memory.halfSpread, (ask - bid) / 2, spreadHalfLifeMinutes),
    minutes: Math.min(longestMemoryMinutes, known + minutes),
  };
}

/** By how much the price is below the usual one, as a share of it; negative where it is dear. */
export function cheapness(memory: MarketMemory): number {
  if (memory.minutes < learningMinutes || memory.lately <= 0) return 0;
  return clamp(memory.usual / memory.lately - 1, -0.5, 0.5);
}
