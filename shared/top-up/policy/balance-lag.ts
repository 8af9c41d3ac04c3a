import type { Fill } from './contract.ts';
import {
  type LagEvidence,
  longestLag,
  noEvidence,
  type PossibleLag,
  possibleLag,
  type Rise,
  weighRise,
} from './lag-evidence.ts';
import { decayShare } from './statistics.ts';
import { minuteMs } from './use-history.ts';

/** A purchase of the last half an hour that is not certain to be in the balance. */
export interface UncertainPurchase {
  /** When it was made, and when we were told. Ms since the epoch. */
  readonly at: number;
  readonly told: number;
  /** Units. */
  readonly units: number;
  /** Whether it is thought to have been used at once, because the balance was 0 before and after. */
  readonly isThoughtUsed: boolean;
}

/** What readings have taught about how soon the balance shows a purchase. */
export interface BalanceLag {
  readonly evidence: LagEvidence;
  readonly uncertain: readonly UncertainPurchase[];
  /** Units thought to have been used at once since the balance was last above 0. */
  readonly thoughtUsed: number;
}

export const noLag: BalanceLag = { evidence: noEvidence, uncertain: [], thoughtUsed: 0 };

/** A reading beside what was expected of it. Units. */
export interface Reading {
  readonly now: number;
  /** Since the last review, and from one review to the next as a rule. */
  readonly minutes: number;
  readonly reviewMinutes: number;
  readonly balance: number;
  /** At the last review. */
  readonly before: number;
  readonly fills: readonly Fill[];
  /** What would be there without the uncertain purchases and the new ones, had nothing been used. */
  readonly stock: number;
  /** The most that was ever proven to be used in about ten minutes. */
  readonly provenPeak: number;
  /** Whether nobody was refused although refusals are reported: then nothing was wanted of an empty account. */
  readonly isSurelyIdle: boolean;
}

/** What a reading says about purchases. */
export interface WeighedReading {
  readonly lag: BalanceLag;
  /** Purchases that are in the balance, or were used at once. */
  readonly arrived: readonly UncertainPurchase[];
  /** Units of `arrived` whose use was counted before. */
  readonly countedBefore: number;
  /** Units of `arrived` that are thought to have been used at once: nobody saw them. */
  readonly thoughtUsed: number;
}

const rounding = 1e-6;

/** Decides which purchases a balance shows, oldest first, and learns from it how long that takes. */
export function weighReading(before: BalanceLag, reading: Reading): WeighedReading {
  const lag = { ...before, evidence: weighRise(before.evidence, riseOf(reading)) };
  const isRecent = ({ told }: UncertainPurchase) => reading.now - told <= longestLag * minuteMs;
  const known = lag.uncertain.filter(isRecent);
  const fresh = purchasesOf(reading);
  const isEmpty = reading.before < rounding && reading.balance < rounding;
  return isEmpty
    ? weighEmpty(forgetting(lag, reading, isRecent), reading, known, fresh)
    : weighFilled(lag, reading, lag.uncertain, fresh);
}

function riseOf({ now, minutes, balance, before, fills }: Reading): Rise {
  const from = now - minutes * minuteMs;
  const units = fills.reduce((sum, { quantity }) => sum + quantity, 0);
  const first = Math.min(now, ...fills.map(({ at }) => Math.max(from, at)));
  return {
    from,
    to: now,
    units: balance - before,
    purchases: units === 0 ? [] : [{ from: first, told: now, units }],
  };
}

/** Fills of the same moment are one purchase. */
function purchasesOf({ now, fills }: Reading): UncertainPurchase[] {
  const units = new Map<number, number>();
  for (const { at, quantity } of fills) units.set(at, (units.get(at) ?? 0) + quantity);
  return Array.from(units, ([at, sum]) => ({ at, told: now, units: sum, isThoughtUsed: false }));
}

/** Purchases that never showed are thought used in the end; all of it is forgotten in hours. */
function forgetting(
  lag: BalanceLag,
  { minutes }: Reading,
  isRecent: (purchase: UncertainPurchase) => boolean,
): BalanceLag {
  const never = lag.uncertain.filter((purchase) => !isRecent(purchase) && !purchase.isThoughtUsed);
  const kept = 1 - decayShare(minutes, forgetHalfLifeMinutes);
  return { ...lag, thoughtUsed: lag.thoughtUsed * kept + unitsOf(never) };
}

/** Whether a purchase is known to be in the balance as soon as we are told of it, as far as reviews can tell. */
export function isPrompt({ evidence }: BalanceLag, reviewMinutes: number): boolean {
  const { least, most } = possibleLag(evidence);
  return least === 0 && most <= reviewMinutes + 1;
}

/** The lags that may be; none where purchases show at once. */
export function lagOf(lag: BalanceLag, reviewMinutes: number): PossibleLag {
  return isPrompt(lag, reviewMinutes) ? { least: 0, most: 0 } : possibleLag(lag.evidence);
}

/** Units that are bought and that the balance does not show yet. */
export function unitsNotShown({ uncertain }: BalanceLag): number {
  return unitsOf(uncertain.filter(({ isThoughtUsed }) => !isThoughtUsed));
}

function unitsOf(purchases: readonly UncertainPurchase[]): number {
  return purchases.reduce((sum, { units }) => sum + units, 0);
}

/**
 * A balance of 0 before and after a purchase: either all was used at once, and more is needed, or balances lag, and
 * buying more would never end.
 */
function weighEmpty(
  lag: BalanceLag,
  reading: Reading,
  known: readonly UncertainPurchase[],
  fresh: readonly UncertainPurchase[],
): WeighedReading {
  const waiting = [...known.filter(({ isThoughtUsed }) => !isThoughtUsed), ...fresh];
  const count = reading.isSurelyIdle ? 0 : usedAtOnce(lag, reading, known, waiting);
  const arrived = waiting.slice(0, count);
  const thoughtUsed = [
    ...known.filter(({ isThoughtUsed }) => isThoughtUsed),
    ...arrived.map((purchase) => ({ ...purchase, isThoughtUsed: true })),
  ];
  return {
    lag: {
      ...lag,
      uncertain: [...thoughtUsed, ...waiting.slice(count)],
      thoughtUsed: lag.thoughtUsed + unitsOf(arrived),
    },
    arrived,
    countedBefore: 0,
    thoughtUsed: unitsOf(arrived),
  };
}

/** Units that may be thought used at once without any proof: in ten minutes, and in a few hours. */
const fewestUsedAtOnce = 4;
const mostUsedAtOnce = 60;
const forgetHalfLifeMinutes = 240;
const peakMinutes = 10;

/**
 * How many of the waiting purchases may have been used at once: all where a purchase is known to show at once. Elsewhere as
 * much as was proven before may have been used again, some more to find out, and no more than that. So buying ends, even if
 * the balance never shows anything.
 */
function usedAtOnce(
  lag: BalanceLag,
  { now, provenPeak, reviewMinutes }: Reading,
  known: readonly UncertainPurchase[],
  waiting: readonly UncertainPurchase[],
): number {
  if (isPrompt(lag, reviewMinutes)) return waiting.length;
  const lately = known.filter(({ isThoughtUsed, at }) => isThoughtUsed && now - at < peakMinutes * minuteMs);
  let allowed = Math.min(
    Math.max(fewestUsedAtOnce, 3 * provenPeak, lag.thoughtUsed) - unitsOf(lately),
    mostBlindUnits(provenPeak) - lag.thoughtUsed,
  );
  const { least, most } = possibleLag(lag.evidence);
  const lagMs = least === 0 ? 0 : most * minuteMs;
  const refused = waiting.findIndex(({ told, units }) => {
    allowed -= units;
    return allowed < 0 || now - told < lagMs;
  });
  return refused < 0 ? waiting.length : refused;
}

function mostBlindUnits(provenPeak: number): number {
  return Math.max(mostUsedAtOnce, 10 * provenPeak);
}

/** Whether so much was bought for an account that always reads 0 that buying more would be blind. */
export function isBlind({ thoughtUsed }: BalanceLag, provenPeak: number): boolean {
  return thoughtUsed >= mostBlindUnits(provenPeak);
}

function weighFilled(
  lag: BalanceLag,
  reading: Reading,
  known: readonly UncertainPurchase[],
  fresh: readonly UncertainPurchase[],
): WeighedReading {
  const all = [...known, ...fresh];
  const arrived = all.slice(0, fewestShown(reading, all, lagOf(lag, reading.reviewMinutes)));
  return {
    lag: {
      ...lag,
      uncertain: all.slice(arrived.length).map((purchase) => ({ ...purchase, isThoughtUsed: false })),
      thoughtUsed: 0,
    },
    arrived,
    countedBefore: unitsOf(arrived.filter(({ isThoughtUsed }) => isThoughtUsed)),
    thoughtUsed: 0,
  };
}

/**
 * The fewest purchases that explain the balance and its rise, and all that are older than any lag that may be. Taking a
 * purchase for missing that is there delays the next; taking one for used that is missing would buy it again and again.
 */
function fewestShown(
  { now, balance, before, stock }: Reading,
  purchases: readonly UncertainPurchase[],
  { most }: PossibleLag,
): number {
  let lacking = Math.max(balance - stock, balance - before);
  let count = 0;
  for (const { told, units } of purchases) {
    if (lacking <= rounding && now - told < most * minuteMs) break;
    lacking -= units;
    count += 1;
  }
  return count;
}
