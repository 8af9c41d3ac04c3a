import { decimalScale, minimum, type Units } from '../ledger/decimal.ts';
import { isInDoubt } from './life-cycle.ts';
import type { Transfer } from './transfer.ts';

/** What an instrument's accounts hold. */
export interface UnitsAtHand {
  /** Units that an application can use now. */
  readonly usable: Units;
  /** Units bought and not moved to consumption. They do not expire there, and serve no inference. */
  readonly inTrading: Units;
}

/**
 * How many whole Units to move to consumption now: what the usable ones fall short of the need, as far as that many
 * wait. No more than that, for the hours in which a Unit can be used begin when it is moved.
 *
 * @param need Units that are to be usable
 */
export function unitsToMove({ usable, inTrading }: UnitsAtHand, need: Units): bigint {
  if (usable >= need) return 0n;
  const shortfall = (need - usable + decimalScale - 1n) / decimalScale;
  return minimum(shortfall, inTrading / decimalScale);
}

/** A reading is acted upon a while after it was made. */
const readingAgeMs = 45_000;
/** A balance check lives no longer than this: its function is ended. */
export const longestCheckMs = 90_000;

/**
 * For so long after a transfer was settled, balances may not show where its Units are. ms
 *
 * @param balanceLagMs how late balances may be, as it is configured
 */
export function balancesShowAfterMs(balanceLagMs: number): number {
  return balanceLagMs + readingAgeMs;
}

/**
 * For so long after a transfer was settled, it stays among the unfinished: a check may have stood still between reading
 * balances that do not show it and reading the transfers. ms
 */
export function unfinishedForMs(balanceLagMs: number): number {
  return balancesShowAfterMs(balanceLagMs) + longestCheckMs;
}

/**
 * Units of an instrument that may have left the trading account without being usable yet: those of transfers in doubt and
 * of transfers settled a moment ago. They count as incoming even where the trading account still shows them, for Units
 * counted twice delay a purchase, and Units counted never are bought again.
 *
 * @param balanceLagMs how late balances may be, as it is configured
 */
export function unitsBeingMoved(
  transfers: readonly Transfer[],
  instrument: string,
  now: number,
  balanceLagMs: number,
): Units {
  const showAfterMs = balancesShowAfterMs(balanceLagMs);
  return transfers
    .filter((transfer) => transfer.instrument === instrument && mayBeUnderWay(transfer, now, showAfterMs))
    .reduce((sum, transfer) => sum + transfer.quantity * decimalScale, 0n);
}

function mayBeUnderWay(transfer: Transfer, now: number, showAfterMs: number): boolean {
  if (isInDoubt(transfer)) return true;
  return transfer.sentAt !== undefined && now - (transfer.settledAt ?? now) < showAfterMs;
}
