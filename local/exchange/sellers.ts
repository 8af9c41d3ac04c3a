import * as v from 'valibot';
import { type Amount, multiply, ONE, toText, wholeUnits } from './decimal.ts';
import type { MatchingEngine } from './market/matching-engine.ts';
import { amountText } from './modes.ts';
import type { Random } from './random.ts';
import type { Market } from './world.ts';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const positiveAmount = v.pipe(
  amountText,
  v.check((value) => value > 0n, 'must be greater than zero'),
);

/** How the seeded sellers of a market quote. A change names only what it changes. */
export const sellersChangeSchema = v.partial(
  v.strictObject({
    enabled: v.boolean(),
    /** They quote anew this often, in market time. */
    intervalSeconds: positiveInteger,
    /** The best ask wanders between these. USD. */
    lowestPrice: positiveAmount,
    highestPrice: positiveAmount,
    /** The most price ticks that the best ask moves in one interval. */
    wanderTicks: v.pipe(v.number(), v.integer(), v.minValue(0)),
    levels: positiveInteger,
    /** Price ticks between two levels. */
    levelTicks: positiveInteger,
    /** The most Units of one seller at one level. */
    unitsPerLevel: positiveInteger,
    spikeProbability: probability,
    /** Prices are this many times higher during a spike. */
    spikeFactor: positiveAmount,
    spikeSeconds: positiveInteger,
    /** Chance that an interval offers a single Unit only. */
    thinProbability: probability,
    /** Chance that an interval offers nothing at all. */
    emptyProbability: probability,
  }),
);

type SellersSetting = Required<{
  [Name in keyof v.InferOutput<typeof sellersChangeSchema>]-?: NonNullable<
    v.InferOutput<typeof sellersChangeSchema>[Name]
  >;
}>;

function defaultSetting(market: Market): SellersSetting {
  const isPrime = market.instrument.symbol === 'chat-prime';
  return {
    enabled: true,
    intervalSeconds: 30,
    lowestPrice: isPrime ? 2n * ONE : ONE,
    highestPrice: isPrime ? 2n * ONE + 10n * market.priceTick : ONE + 10n * market.priceTick,
    wanderTicks: 2,
    levels: 5,
    levelTicks: 5,
    unitsPerLevel: 20,
    spikeProbability: 0,
    spikeFactor: 2n * ONE,
    spikeSeconds: 600,
    thinProbability: 0,
    emptyProbability: 0,
  };
}

interface SellersPorts {
  readonly engine: MatchingEngine;
  readonly random: Random;
  readonly now: () => number;
  readonly plan: (at: number, happen: () => void) => void;
}

/** The background sellers of one market: they quote a ladder of asks, and quote it anew every interval. */
export class Sellers {
  readonly #market: Market;
  readonly #ports: SellersPorts;
  readonly #setting: SellersSetting;
  #ticksAboveLowest = 0;
  #spikeUntil = 0;
  /** Outdates intervals that were planned under an earlier setting. */
  #generation = 0;

  constructor(market: Market, ports: SellersPorts, enabled: boolean) {
    this.#market = market;
    this.#ports = ports;
    this.#setting = { ...defaultSetting(market), enabled };
    this.#restart();
  }

  /** Changes how they quote, and quotes anew at once. */
  change(change: v.InferOutput<typeof sellersChangeSchema>): void {
    const named = Object.entries(change).filter(([, value]) => value !== undefined);
    Object.assign(this.#setting, Object.fromEntries(named));
    this.#restart();
  }

  /** The setting as JSON shows it. */
  setting(): Record<string, unknown> {
    const { lowestPrice, highestPrice, spikeFactor, ...rest } = this.#setting;
    return {
      ...rest,
      lowestPrice: toText(lowestPrice, 2),
      highestPrice: toText(highestPrice, 2),
      spikeFactor: toText(spikeFactor),
    };
  }

  #restart(): void {
    this.#generation += 1;
    this.#withdraw();
    if (this.#setting.enabled) this.#quote(this.#generation);
  }

  #withdraw(): void {
    this.#ports.engine.book(this.#market).remove(({ maker }) => maker.kind === 'seller');
  }

  #quote(generation: number): void {
    if (generation !== this.#generation) return;
    this.#withdraw();
    this.#wander();
    const draw = this.#ports.random.fraction();
    const { emptyProbability, thinProbability } = this.#setting;
    if (draw >= emptyProbability) this.#postLadder(draw < emptyProbability + thinProbability);
    const next = this.#ports.now() + this.#setting.intervalSeconds * 1000;
    this.#ports.plan(next, () => this.#quote(generation));
  }

  #wander(): void {
    const { random } = this.#ports;
    const { wanderTicks, lowestPrice, highestPrice, spikeProbability, spikeSeconds } = this.#setting;
    const range =
      highestPrice > lowestPrice ? Number((highestPrice - lowestPrice) / this.#market.priceTick) : 0;
    const moved = this.#ticksAboveLowest + random.integer(-wanderTicks, wanderTicks);
    this.#ticksAboveLowest = Math.min(range, Math.max(0, moved));
    if (random.fraction() < spikeProbability) this.#spikeUntil = this.#ports.now() + spikeSeconds * 1000;
  }

  #postLadder(thin: boolean): void {
    const { levels, unitsPerLevel } = this.#setting;
    if (thin) {
      this.#post(0, 1);
      return;
    }
    for (let level = 0; level < levels; level += 1) {
      this.#post(level, this.#ports.random.integer(1, unitsPerLevel));
      // A second seller at the same price, so that one order meets several counterparties.
      this.#post(level, this.#ports.random.integer(1, unitsPerLevel));
    }
  }

  #post(level: number, units: number): void {
    const price = this.#priceOf(level);
    this.#ports.engine.arrive(this.#market, { kind: 'seller' }, 'sell', price, wholeUnits(units));
  }

  #priceOf(level: number): Amount {
    const tick = this.#market.priceTick;
    const ticks = BigInt(this.#ticksAboveLowest + level * this.#setting.levelTicks);
    const calm = this.#setting.lowestPrice + ticks * tick;
    if (this.#ports.now() >= this.#spikeUntil) return this.#roundUp(calm);
    return this.#roundUp(multiply(calm, this.#setting.spikeFactor));
  }

  /** Sellers quote on the tick like everyone; rounded up, they never undercut their lowest price. */
  #roundUp(price: Amount): Amount {
    const tick = this.#market.priceTick;
    return ((price + tick - 1n) / tick) * tick;
  }
}
