import {
  decimalScale,
  maximum,
  minimum,
  parseDecimal,
  roundDownToTick,
  type Usd,
} from '../../ledger/decimal.ts';
import type { BuyingBounds } from './parameters.ts';

const basisPoints = 10_000n;

/** The stage's bounds in exact numbers, and what is left of the money at this review. */
export interface PurchaseBounds {
  readonly maximumPrice: Usd;
  /** The maximum price where no emergency price is allowed. */
  readonly emergencyPrice: Usd;
  readonly maximumQuantity: number;
  readonly tick: Usd;
  readonly feeBasisPoints: bigint;
  /** Undefined where no budget binds. */
  readonly budget: Usd | undefined;
}

/**
 * Reads the bounds. What cannot be read allows nothing: a price of 0 or a budget of 0.
 *
 * @param budgetLeft USD as a decimal string; null or undefined where no budget binds
 */
export function purchaseBounds(stage: BuyingBounds, budgetLeft: string | null | undefined): PurchaseBounds {
  const tick = usd(stage.priceTick) || 1n;
  const maximumPrice = roundDownToTick(usd(stage.maximumPrice), tick);
  const emergency = roundDownToTick(usd(stage.emergencyPrice ?? stage.maximumPrice), tick);
  return {
    maximumPrice,
    emergencyPrice: maximum(emergency, maximumPrice),
    maximumQuantity: Math.max(0, Math.floor(stage.maximumQuantity)),
    tick,
    feeBasisPoints: BigInt(stage.feeBasisPoints),
    budget: budgetLeft === null || budgetLeft === undefined ? undefined : usd(budgetLeft),
  };
}

function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}

/** How many whole Units the budget still pays for at this price; no limit where none binds. */
export function affordableUnits(limitPrice: Usd, bounds: PurchaseBounds): number {
  if (limitPrice <= 0n) return 0;
  if (bounds.budget === undefined) return Number.POSITIVE_INFINITY;
  const perUnit = limitPrice * (basisPoints + bounds.feeBasisPoints);
  return Number((bounds.budget * basisPoints) / perUnit);
}

/** A wished price in USD as one that may be bid: a multiple of the tick, at least one, at most `highest`. */
export function bidPrice(wished: number, highest: Usd, bounds: PurchaseBounds): Usd {
  if (!Number.isFinite(wished)) return highest;
  const whole = BigInt(Math.max(0, Math.round(wished * Number(decimalScale))));
  // Half a unit of the eighth decimal may be missing where a multiple of the tick was meant.
  const multiple = roundDownToTick(whole + bounds.tick / 1000n, bounds.tick);
  return minimum(maximum(multiple, bounds.tick), highest);
}
