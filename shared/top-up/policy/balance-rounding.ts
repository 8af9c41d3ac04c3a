import { clamp } from './statistics.ts';

/** Falls from one whole number to a lower one, in a row, after which balances are known to show whole Units only. */
const enoughWholeFalls = 3;

/** Counts such falls; a fraction, once seen, begins the count anew. */
export function countWholeFalls(count: number, before: number, balance: number, isUse: boolean): number {
  if (!Number.isInteger(balance) || !Number.isInteger(before)) return 0;
  return isUse && balance < before ? Math.min(enoughWholeFalls, count + 1) : count;
}

/** Whether balances show whole Units only. */
export function isRoundedDown(wholeFalls: number): boolean {
  return wholeFalls >= enoughWholeFalls;
}

/** At least this much is thought to be used while a balance reads 0 whole Units. Units per minute. */
const leastRate = 0.25 / 60;

/**
 * The balance behind one that is rounded down: what should be left, where the reading allows it.
 *
 * @param stock Units that should be there without use
 * @param rate Units per minute
 */
export function unroundedBalance(reading: number, stock: number, rate: number, minutes: number): number {
  const used = Math.max(rate, reading === 0 ? leastRate : 0) * minutes;
  return clamp(stock - used, reading, reading + 0.999);
}
