import { decimalScale, type Units } from '../ledger/decimal.ts';
import type { Arrivals } from './arrivals.ts';

/** How fast Units have gone lately, as far as the balance shows it. */
export interface UseSeen {
  /** Units. */
  readonly perMinute: number;
  /** For how long that was watched. */
  readonly minutes: number;
}

const halfLifeMinutes = 30;
/** One fall is no rate yet. */
const leastMinutes = 10;
/** Longer cover is of no interest, and an idle account would have an endless one. */
const longestCoverMinutes = 1_440;

/**
 * Follows how fast the balance falls, for policies that do not. A rise hides what was used meanwhile, so that it says
 * nothing; what expires looks like use, which makes the cover seem shorter, not longer.
 *
 * @param before what the last check left of the balance; undefined at the first one
 */
export function followUse(
  seen: UseSeen | undefined,
  before: Pick<Arrivals, 'at' | 'lastUsable'> | undefined,
  reading: { readonly at: number; readonly usable: Units },
): UseSeen | undefined {
  if (before === undefined) return seen;
  const minutes = (reading.at - before.at) / 60_000;
  if (minutes <= 0 || reading.usable > before.lastUsable) return seen;
  const rate = Number(before.lastUsable - reading.usable) / Number(decimalScale) / minutes;
  if (seen === undefined) return { perMinute: rate, minutes };
  const share = 1 - 0.5 ** (minutes / halfLifeMinutes);
  // At first the average of what was seen, and no more weight to a single reading than that.
  const weight = Math.max(share, minutes / (seen.minutes + minutes));
  return {
    perMinute: seen.perMinute + weight * (rate - seen.perMinute),
    minutes: Math.min(seen.minutes + minutes, longestCoverMinutes),
  };
}

/** For how many minutes so many Units last; undefined while it cannot be told how fast they go. */
export function coverMinutes(seen: UseSeen | undefined, stock: Units): number | undefined {
  if (seen === undefined || seen.minutes < leastMinutes) return undefined;
  const units = Number(stock) / Number(decimalScale);
  const minutes = units === 0 ? 0 : Math.min(longestCoverMinutes, units / seen.perMinute);
  return Math.round(minutes * 10) / 10;
}
