import { generateOrderBook, type MarketSettings, type OrderBook } from './order-book.ts';

export const marketKinds = ['calm', 'tight'] as const;

/** `calm`: the ask is above 2.50 USD about 1 % of the time. `tight`: about 20 %. */
export type MarketKind = (typeof marketKinds)[number];

const calm: MarketSettings = {
  basePrice: 2,
  deviation: 0.06,
  halfLife: 360,
  dailySwing: 0.05,
  spikesPerDay: 0.5,
  spread: 0.015,
  depth: 8,
  sellShare: 0.6,
  sellSize: 6,
};

const settingsOf: Readonly<Record<MarketKind, MarketSettings>> = {
  calm,
  tight: { ...calm, basePrice: 2.35 },
};

export function openMarket(kind: MarketKind, seed: number, minutes: number): OrderBook {
  return generateOrderBook(`${kind}-${seed}`, settingsOf[kind], seed, minutes);
}
