import type { Fill } from './contract.ts';
import { clamp } from './statistics.ts';
import { minuteMs } from './use-history.ts';

/** What readings have taught about the balance itself: that it lags behind purchases, or shows whole Units only. */
export interface BalanceEvidence {
  /** Own purchases of the last quarter of an hour, and whether the balance has shown them, as far as can be told. */
  readonly purchases: readonly SeenPurchase[];
  /** After how many minutes balances show a purchase; 0 while they show it at once. */
  readonly lagMinutes: number;
  /** Falls from one whole number to another in a row, without a fraction ever seen. */
  readonly wholeFalls: number;
}

export interface SeenPurchase {
  readonly at: number;
  readonly units: number;
  readonly isShown: boolean;
}

export const noEvidence: BalanceEvidence = { purchases: [], lagMinutes: 0, wholeFalls: 0 };

/** A reading beside what was expected of it. */
export interface Reading {
  readonly now: number;
  /** Units, as read. */
  readonly balance: number;
  readonly fills: readonly Fill[];
  /** Units that should be there without any purchase that was not shown before; expired ones are taken off. */
  readonly stock: number;
  /** Units that the usual rate would have used since the last review. */
  readonly expectedUse: number;
  /** Units read at the last review. */
  readonly before: number;
}

const longestLagMinutes = 15;
/** Lags shorter than this are the raster of reviews. */
const noticeableLagMinutes = 1.5;
const enoughWholeFalls = 3;
const rounding = 1e-6;

/** What a reading says about purchases. */
export interface WeighedBalance {
  readonly evidence: BalanceEvidence;
  /** Purchases that it shows for the first time. */
  readonly arrived: readonly SeenPurchase[];
}

/** Decides which purchases a balance shows, and learns from it how long that takes. */
export function weighBalance(evidence: BalanceEvidence, reading: Reading): WeighedBalance {
  const { now } = reading;
  const known = evidence.purchases.filter(({ at }) => Math.abs(now - at) <= longestLagMinutes * minuteMs);
  const fresh = reading.fills.map(({ at, quantity }) => ({ at, units: quantity, isShown: false }));
  const waiting = [...known.filter(({ isShown }) => !isShown), ...fresh];
  const shownBefore = known.filter(({ isShown }) => isShown);
  const shown = isLagging(evidence, reading, waiting) ? shownCount(reading, waiting) : waiting.length;
  const arrived = waiting.slice(0, shown);
  const purchases = [
    ...shownBefore,
    ...waiting.map((purchase, index) => ({ ...purchase, isShown: index < shown })),
  ];
  const rise = reading.balance - reading.stock - unitsOf(arrived);
  const lagMinutes = learnLag(evidence.lagMinutes, now, arrived, rise, shownBefore);
  return {
    evidence: { purchases, lagMinutes, wholeFalls: countWholeFalls(evidence.wholeFalls, reading) },
    arrived,
  };
}

/** Units that are bought and that the balance does not show yet. */
export function unitsNotShown(evidence: BalanceEvidence): number {
  return unitsOf(evidence.purchases.filter(({ isShown }) => !isShown));
}

/** Whether balances show whole Units only. */
export function isRoundedDown(evidence: BalanceEvidence): boolean {
  return evidence.wholeFalls >= enoughWholeFalls;
}

function unitsOf(purchases: readonly SeenPurchase[]): number {
  return purchases.reduce((sum, { units }) => sum + units, 0);
}

/**
 * Whether purchases may be missing from the balance. Until a lag was seen, only a fall that looks exactly as if nothing
 * had been bought, and that use could hardly explain, counts: an empty account may have used all of it at once.
 */
function isLagging(evidence: BalanceEvidence, reading: Reading, waiting: readonly SeenPurchase[]): boolean {
  if (waiting.length === 0) return false;
  if (evidence.lagMinutes >= noticeableLagMinutes || waiting.length > reading.fills.length) return true;
  const useIfMissing = reading.stock - reading.balance;
  const useIfShown = useIfMissing + unitsOf(waiting);
  const isAsIfMissing = useIfMissing >= -rounding && useIfMissing <= 2 * reading.expectedUse + 0.02;
  return reading.before > 0 && isAsIfMissing && useIfShown > 5 * reading.expectedUse + 0.5;
}

/** How many of the purchases, oldest first, explain the balance best: no use below nothing, and near what was expected. */
function shownCount(reading: Reading, waiting: readonly SeenPurchase[]): number {
  let best = waiting.length;
  let leastError = Number.POSITIVE_INFINITY;
  let use = reading.stock - reading.balance;
  for (let count = 0; count <= waiting.length; count += 1) {
    const error = use < -0.01 ? Number.POSITIVE_INFINITY : Math.abs(use - reading.expectedUse);
    if (error < leastError) {
      leastError = error;
      best = count;
    }
    use += waiting[count]?.units ?? 0;
  }
  return best;
}

function learnLag(
  lag: number,
  now: number,
  shown: readonly SeenPurchase[],
  rise: number,
  shownBefore: readonly SeenPurchase[],
): number {
  const [oldest] = shownBefore;
  // More is there than anybody used or bought: a purchase that was taken for used has come after all.
  const cameLate = rise > 0.5 && oldest !== undefined && rise <= unitsOf(shownBefore) + 0.01;
  const ages = shown.map(({ at }) => (now - at) / minuteMs);
  const longest = clamp(cameLate ? (now - oldest.at) / minuteMs : Math.max(0, ...ages), 0, longestLagMinutes);
  if (!cameLate && shown.length === 0) return lag;
  return longest > lag ? longest : 0.8 * lag + 0.2 * longest;
}

function countWholeFalls(count: number, { balance, before, stock, expectedUse }: Reading): number {
  if (!Number.isInteger(balance) || !Number.isInteger(before)) return 0;
  const isFall = balance < before && stock - balance > -rounding && expectedUse > 0;
  return isFall ? Math.min(enoughWholeFalls, count + 1) : count;
}

/** At least this many Units an hour are thought to be used while a balance reads 0 whole Units. */
const leastUsePerHour = 0.25;

/**
 * The balance behind one that is rounded down: what should be left, where the reading allows it.
 *
 * @param stock Units that should be there, purchases included
 * @param rate Units per minute
 */
export function unroundedBalance(reading: number, stock: number, rate: number, minutes: number): number {
  const used = Math.max(rate, reading === 0 ? leastUsePerHour / 60 : 0) * minutes;
  return clamp(stock - used, reading, reading + 0.999);
}
