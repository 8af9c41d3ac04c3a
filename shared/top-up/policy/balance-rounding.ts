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
const leastRate = 0.5 / 60;
/** A reading of 0 is trusted to hide no more than this. Units. */
const mostAtZero = 0.5;
/** What cannot be seen is thought to go faster than usual: to be out of stock costs more than to have a Unit too many. */
const caution = 1.5;

/**
 * The balance behind one that is rounded down: what should be left, where the reading allows it.
 *
 * @param stock Units that should be there without use
 * @param rate Units per minute
 */
export function unroundedBalance(reading: number, stock: number, rate: number, minutes: number): number {
  const used = (reading === 0 ? Math.max(rate * caution, leastRate) : rate) * minutes;
  return clamp(stock - used, reading, reading + (reading === 0 ? mostAtZero : 0.999));
}
