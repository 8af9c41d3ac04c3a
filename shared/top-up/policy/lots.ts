import { rounded } from './statistics.ts';
import { minuteMs } from './use-history.ts';

/** Units of one purchase that are still there. */
export interface Lot {
  /** Ms since the epoch. */
  readonly expiresAt: number;
  /** Units; a fraction once it is in use. */
  readonly remaining: number;
}

const nothing = 1e-7;
/** Remainders are kept to this part of a Unit. */
const perUnit = 1e7;

export function unitsIn(lots: readonly Lot[]): number {
  return lots.reduce((sum, lot) => sum + lot.remaining, 0);
}

/**
 * The lots with some more, oldest first. Those of the same minute become one: an order that was filled in many parts is
 * one purchase.
 */
export function withLots(lots: readonly Lot[], more: readonly Lot[]): Lot[] {
  const merged: Lot[] = [];
  for (const lot of [...lots, ...more].toSorted((a, b) => a.expiresAt - b.expiresAt)) {
    const last = merged.at(-1);
    const isSameMinute = last !== undefined && minuteOf(last.expiresAt) === minuteOf(lot.expiresAt);
    if (isSameMinute) merged[merged.length - 1] = { ...last, remaining: last.remaining + lot.remaining };
    else merged.push(lot);
  }
  return merged;
}

function minuteOf(time: number): number {
  return Math.floor(time / minuteMs);
}

/** What a fall of the balance was. */
export interface StockChange {
  /** Units that were used; what expired is not use. */
  readonly used: number;
  /** The part of it that no expiry can explain. */
  readonly proven: number;
  /** Units that nobody bought here. */
  readonly foreign: number;
  /** The lots that explain the balance. */
  readonly lots: readonly Lot[];
}

/**
 * Explains a balance by the lots that should be there. Of a lot that has expired so much counts as used as the usual rate
 * explains. What is there beyond the lots is an expired one that the balance still shows, if there is one, and otherwise
 * Units that nobody bought here, which begin their life now.
 *
 * @param expected Units that the usual rate would have used since the last review
 * @param lingersMs for how long the balance may still show what has expired
 */
export function explainBalance(
  lots: readonly Lot[],
  balance: number,
  now: number,
  expected: number,
  lifeMs: number,
  lingersMs: number,
): StockChange {
  const known = lots.filter((lot) => lot.expiresAt > now - lingersMs && lot.remaining > nothing);
  const over = known.filter((lot) => lot.expiresAt <= now);
  const alive = known.filter((lot) => lot.expiresAt > now);
  const drop = Math.max(0, unitsIn(known) - balance);
  const mayBeOver = unitsIn(over);
  const proven = Math.max(0, drop - mayBeOver);
  const used = proven + Math.min(mayBeOver, expected, drop);
  const surplus = balance - unitsIn(alive);
  if (surplus <= nothing) return { used, proven, foreign: 0, lots: useOldestFirst(alive, -surplus) };
  const stillShown = useOldestFirst(over, unitsIn(over) - surplus);
  const unknown = surplus - unitsIn(stillShown);
  const foreign = unknown > nothing ? [{ expiresAt: now + lifeMs, remaining: unknown }] : [];
  return { used, proven, foreign: unitsIn(foreign), lots: [...stillShown, ...alive, ...foreign] };
}

function useOldestFirst(lots: readonly Lot[], units: number): Lot[] {
  let left = Math.max(0, units);
  const kept: Lot[] = [];
  for (const lot of lots) {
    const taken = Math.min(lot.remaining, left);
    left -= taken;
    if (lot.remaining - taken > nothing)
      kept.push({ ...lot, remaining: rounded(lot.remaining - taken, perUnit) });
  }
  return kept;
}

/**
 * Units that will expire unused before `horizon` if use goes on at this rate: they are no cover.
 *
 * @param rate Units per ms
 */
export function expiringUnused(lots: readonly Lot[], now: number, horizon: number, rate: number): number {
  let usable = 0;
  let lost = 0;
  for (const lot of lots) {
    if (lot.expiresAt > horizon) break;
    const canUse = Math.max(0, rate * (lot.expiresAt - now) - usable);
    const unused = Math.max(0, lot.remaining - canUse);
    lost += unused;
    usable += lot.remaining - unused;
  }
  return lost;
}
