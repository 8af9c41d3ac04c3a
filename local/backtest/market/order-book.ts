import { minutesPerDay } from '../calendar.ts';
import { createRandom, type Random } from '../random.ts';

/** Ask levels that the book shows, one cent apart. */
export const bookLevels = 40;

/** A market's book, minute by minute, before we take anything from it. Prices in cents, quantities in whole Units. */
export interface OrderBook {
  readonly name: string;
  readonly bid: Int32Array;
  readonly ask: Int32Array;
  /** What others sell at the bid in the minute. */
  readonly sellFlow: Int32Array;
  /** Units on offer at `minute * bookLevels + level`; level 0 is the ask, each further one a cent above. */
  readonly depth: Uint16Array;
}

/** How a market behaves. An assumption: there is no public history of prices. */
export interface MarketSettings {
  /** USD per Unit about which the price moves. */
  readonly basePrice: number;
  /** Standard deviation of the logarithm of the price, and the minutes in which a deviation halves. */
  readonly deviation: number;
  readonly halfLife: number;
  /** How much dearer a Unit is about 14:00 than at night, as a share. */
  readonly dailySwing: number;
  readonly spikesPerDay: number;
  /** As a share of the price. */
  readonly spread: number;
  /** Mean Units at a level. */
  readonly depth: number;
  /** Share of minutes in which somebody sells at the bid, and their mean quantity. */
  readonly sellShare: number;
  readonly sellSize: number;
}

const spikeHalfLife = 45;

export function generateOrderBook(
  name: string,
  settings: MarketSettings,
  seed: number,
  minutes: number,
): OrderBook {
  const random = createRandom(seed * 7919 + 13);
  const book: OrderBook = {
    name,
    bid: new Int32Array(minutes),
    ask: new Int32Array(minutes),
    sellFlow: new Int32Array(minutes),
    depth: new Uint16Array(minutes * bookLevels),
  };
  const priceAt = startPrice(settings, random);
  for (let minute = 0; minute < minutes; minute += 1) {
    const price = priceAt(minute);
    const spread = Math.max(0.02, price * settings.spread * Math.exp(0.4 * random.normal()));
    const bid = Math.max(1, Math.round((price - spread / 2) * 100));
    book.bid[minute] = bid;
    book.ask[minute] = Math.max(bid + 1, Math.round((price + spread / 2) * 100));
    const isSelling = random.fraction() < settings.sellShare;
    book.sellFlow[minute] = isSelling ? wholeUnits(random, settings.sellSize) : 0;
    for (let level = 0; level < bookLevels; level += 1) {
      book.depth[minute * bookLevels + level] = wholeUnits(random, settings.depth);
    }
  }
  return book;
}

/** At least one Unit, exponentially distributed. */
function wholeUnits(random: Random, mean: number): number {
  return 1 + Math.floor(random.exponential(mean));
}

/** The middle of the book: an Ornstein-Uhlenbeck process in logarithms, a daily pattern, and spikes that fade. */
function startPrice(settings: MarketSettings, random: Random): (minute: number) => number {
  const { basePrice, deviation, halfLife, dailySwing, spikesPerDay } = settings;
  const memory = Math.exp(-Math.LN2 / halfLife);
  const shock = deviation * Math.sqrt(1 - memory * memory);
  const fading = Math.exp(-Math.LN2 / spikeHalfLife);
  let drift = deviation * random.normal();
  let spike = 0;
  return (minute) => {
    drift = memory * drift + shock * random.normal();
    if (random.fraction() < spikesPerDay / minutesPerDay) spike += 0.15 + random.exponential(0.15);
    spike *= fading;
    const hour = (minute / 60) % 24;
    const swing = dailySwing * Math.exp(-(((hour - 14) / 5) ** 2)) - dailySwing / 2;
    return basePrice * Math.exp(drift + swing + spike);
  };
}
