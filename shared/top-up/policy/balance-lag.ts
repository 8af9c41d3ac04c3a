import type { Fill } from './contract.ts';
import { decayShare } from './statistics.ts';
import { minuteMs } from './use-history.ts';

/** A purchase of the last quarter of an hour that is not certain to be in the balance. */
export interface UncertainPurchase {
  /** Ms since the epoch. */
  readonly at: number;
  /** Units. */
  readonly units: number;
  /** Whether it is thought to have been used at once, because the balance was 0 before and after. */
  readonly isThoughtUsed: boolean;
}

/** What readings have taught about how soon the balance shows a purchase. */
export interface BalanceLag {
  readonly uncertain: readonly UncertainPurchase[];
  /** After how many minutes balances show a purchase; 0 while they show it at once. */
  readonly minutes: number;
  /** How many purchases were surely shown at once since the last that was not. */
  readonly proofs: number;
  /** Units thought to have been used at once since the balance was last above 0. */
  readonly thoughtUsed: number;
}

export const noLag: BalanceLag = { uncertain: [], minutes: 0, proofs: 0, thoughtUsed: 0 };

/** A reading beside what was expected of it. Units. */
export interface Reading {
  readonly now: number;
  /** Since the last review. */
  readonly minutes: number;
  readonly balance: number;
  /** At the last review. */
  readonly before: number;
  readonly fills: readonly Fill[];
  /** What should be there without the uncertain purchases and the new ones, had nothing been used. */
  readonly stock: number;
  /** What the usual rate would have used since the last review. */
  readonly expectedUse: number;
  /** The most that was ever seen to be used in ten minutes while the balance was above 0. */
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
}

const longestLagMinutes = 15;
/** Shorter ones are the raster of reviews. */
const noticeableMinutes = 1.5;
const enoughProofs = 5;
const mostProofs = 20;
const rounding = 1e-6;

/** Decides which purchases a balance shows, oldest first, and learns from it how long that takes. */
export function weighReading(lag: BalanceLag, reading: Reading): WeighedReading {
  const isRecent = ({ at }: UncertainPurchase) => reading.now - at <= longestLagMinutes * minuteMs;
  const known = lag.uncertain.filter(isRecent);
  const fresh = reading.fills.map(({ at, quantity }) => ({ at, units: quantity, isThoughtUsed: false }));
  const isEmpty = reading.before < rounding && reading.balance < rounding;
  return isEmpty
    ? weighEmpty(forgetting(lag, reading, isRecent), reading, known, fresh)
    : weighFilled(lag, reading, known, fresh);
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

/** Where balances lag, it is not known to the minute when Units came in, nor when they go. */
export function expiryUnsureMs({ minutes }: BalanceLag): number {
  return minutes < noticeableMinutes ? 0 : (2 * minutes + noticeableMinutes) * minuteMs;
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
  };
}

/** Units that may be thought used at once without any proof: in ten minutes, and in a few hours. */
const fewestUsedAtOnce = 4;
const mostUsedAtOnce = 60;
const forgetHalfLifeMinutes = 240;
const peakMinutes = 10;

/**
 * How many of the waiting purchases may have been used at once: as much as was seen before may have been used again, some
 * more to find out, and no more than that. So buying ends, even if the balance never shows anything.
 */
function usedAtOnce(
  lag: BalanceLag,
  { now, provenPeak }: Reading,
  known: readonly UncertainPurchase[],
  waiting: readonly UncertainPurchase[],
): number {
  const lately = known.filter(({ isThoughtUsed, at }) => isThoughtUsed && now - at < peakMinutes * minuteMs);
  let allowed = Math.min(
    Math.max(fewestUsedAtOnce, 3 * provenPeak, lag.thoughtUsed) - unitsOf(lately),
    mostBlindUnits(provenPeak) - lag.thoughtUsed,
  );
  const lagMs = lag.minutes < noticeableMinutes ? 0 : (lag.minutes + noticeableMinutes) * minuteMs;
  const refused = waiting.findIndex(({ at, units }) => {
    allowed -= units;
    return allowed < 0 || now - at < lagMs;
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
  // More is there than what was bought just now can explain: an older purchase has come only now.
  const isLate = known.length > 0 && reading.balance > reading.stock + unitsOf(fresh) + rounding;
  const isSuspect = lag.proofs < enoughProofs && (known.length > 0 || isAsIfMissing(reading, fresh));
  const isLagKnown = lag.minutes >= noticeableMinutes;
  const count = isLate || isSuspect || isLagKnown ? fewestShown(reading, all) : all.length;
  const arrived = all.slice(0, count);
  const newestLate = isLate ? arrived[Math.min(count, known.length) - 1] : undefined;
  const isProof = !isLate && fresh.length > 0 && reading.balance > reading.stock + unitsOf(known) + rounding;
  return {
    lag: {
      uncertain: all.slice(count).map((purchase) => ({ ...purchase, isThoughtUsed: false })),
      minutes: isLate || isProof ? learnMinutes(lag.minutes, reading.now, newestLate) : lag.minutes,
      proofs: isLate ? 0 : Math.min(mostProofs, lag.proofs + (isProof ? 1 : 0)),
      thoughtUsed: 0,
    },
    arrived,
    countedBefore: unitsOf(arrived.filter(({ isThoughtUsed }) => isThoughtUsed)),
  };
}

/** Whether the balance fell exactly as if nothing had been bought, and use could hardly explain it otherwise. */
function isAsIfMissing(reading: Reading, fresh: readonly UncertainPurchase[]): boolean {
  if (fresh.length === 0 || reading.before < rounding) return false;
  const useIfMissing = reading.stock - reading.balance;
  const isLikeMissing = useIfMissing >= -rounding && useIfMissing <= 2 * reading.expectedUse + 0.02;
  return isLikeMissing && useIfMissing + unitsOf(fresh) > 5 * reading.expectedUse + 0.5;
}

/**
 * The fewest purchases that explain the balance, and all that are older than any lag. Taking a purchase for missing
 * that is there delays the next; taking one for used that is missing would buy it again and again.
 */
function fewestShown(reading: Reading, purchases: readonly UncertainPurchase[]): number {
  const overdueMs = longestLagMinutes * minuteMs;
  let use = reading.stock - reading.balance;
  let count = 0;
  for (const { at, units } of purchases) {
    if (use >= -rounding && reading.now - at < overdueMs) break;
    use += units;
    count += 1;
  }
  return count;
}

/** Follows longer lags at once and shorter ones slowly; a purchase that came late took about as long as it is old. */
function learnMinutes(minutes: number, now: number, late: UncertainPurchase | undefined): number {
  const seen = late === undefined ? 0 : Math.min(longestLagMinutes, (now - late.at) / minuteMs);
  return seen > minutes ? seen : 0.8 * minutes + 0.2 * seen;
}
