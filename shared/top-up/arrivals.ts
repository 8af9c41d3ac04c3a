import { decimalScale, maximum, minimum, type Units } from '../ledger/decimal.ts';

/** What one instrument's earlier checks have seen of Units on their way from a fill into the balance. */
export interface Arrivals {
  /** When that was. */
  readonly at: number;
  /** Everything that was bought of the instrument when it was last looked at. Units. */
  readonly bought: Units;
  /** Bought and not known to be in the balance, oldest first. */
  readonly onTheWay: readonly Parcel[];
  /** Counted as arrived before we knew that it was bought. */
  readonly early: readonly Parcel[];
  /** What the last reading lacked of what an earlier one had counted in: readings can come out of order. */
  readonly behind: Units;
  /** Of the newest reading. */
  readonly lastUsable: Units;
  /** The exchange's own count of what came in, the most that was seen; undefined if it does not count. */
  readonly lastCount?: Units | undefined;
  /** Whether the balance has risen since that count last moved: Units came in, or a reading was older than another. */
  readonly roseUncounted: boolean;
  /** Since when neither that count nor the trading account has shown Units that both must show; undefined if they do. */
  readonly missingSince?: number | undefined;
  /** Whether that count is known to count something else. */
  readonly countIsWrong: boolean;
}

/** Units and since when, ms since the epoch. */
export interface Parcel {
  readonly units: Units;
  readonly at: number;
}

/** One reading of the accounts, and of our own books after it. */
export interface Reading {
  readonly at: number;
  readonly usable: Units;
  readonly count: Units | undefined;
  /** In the trading account, or being moved from there: not to be counted yet. */
  readonly waiting: Units;
  /** Everything that our orders have bought so far, read after the balance. */
  readonly bought: Units;
}

export interface ArrivalRules {
  /** How long balances may take to show a fill where the exchange does not count what comes in. ms */
  readonly balanceLagMs: number;
}

/** A count that moves ahead of our own knowledge of a fill is remembered for so long. */
const earlyForMs = 10 * 60_000;
/** Balances lag by up to ten minutes: what happened this long before a reading is in it, whatever order they come in. */
const surelyShownAfterMs = 12 * 60_000;
/** What has not arrived after four hours would have expired meanwhile. */
const givenUpAfterMs = 4 * 60 * 60_000;

/**
 * Follows bought Units into the balance, so that a balance that lags does not make them be bought again. Where the exchange
 * counts what comes in, a purchase is on its way until the count has moved by it, however long that takes; elsewhere for
 * as long as balances are configured to lag.
 *
 * @param before what the last check left; undefined at the first one, which takes everything as arrived
 */
export function followArrivals(
  before: Arrivals | undefined,
  reading: Reading,
  rules: ArrivalRules,
): Arrivals {
  if (before === undefined) return begin(reading);
  const moved = countMoved(before, reading);
  const behind = countBehind(before, reading);
  const stoodStill = moved === 0n && behind === 0n;
  const roseUncounted = stoodStill && (before.roseUncounted || hasRisenByAUnit(before, reading));
  const missingSince = stoodStill ? sinceWhenMissing(before, reading) : undefined;
  const isOverdue = reading.at - (missingSince ?? reading.at) >= surelyShownAfterMs;
  const countIsWrong = before.countIsWrong || (roseUncounted && isOverdue);
  const isCounted = reading.count !== undefined && !countIsWrong;
  const sent = [...before.onTheWay, ...parcels(reading.bought - before.bought, reading.at)];
  const early = recent(before.early, reading.at, earlyForMs);
  const arrived = [...early, ...parcels(isCounted ? moved : 0n, reading.at)];
  const matched = minimum(total(sent), total(arrived));
  return {
    at: reading.at,
    bought: reading.bought,
    onTheWay: recent(takeOff(sent, matched), reading.at, isCounted ? givenUpAfterMs : rules.balanceLagMs),
    early: takeOff(arrived, matched),
    behind: isCounted ? behind : 0n,
    lastUsable: behind > 0n ? before.lastUsable : reading.usable,
    lastCount: behind > 0n ? before.lastCount : reading.count,
    roseUncounted,
    missingSince,
    countIsWrong,
  };
}

function begin({ at, bought, usable, count }: Reading): Arrivals {
  return {
    at,
    bought,
    onTheWay: [],
    early: [],
    behind: 0n,
    lastUsable: usable,
    lastCount: count,
    roseUncounted: false,
    countIsWrong: false,
  };
}

/** Units that are bought and not in the balance as it was last read. */
export function unitsOnTheWay({ onTheWay, behind }: Arrivals): Units {
  return total(onTheWay) + behind;
}

/** Whether they are followed by the exchange's count, until it has moved by them; otherwise they are for a while only. */
export function areCounted({ lastCount, countIsWrong }: Arrivals): boolean {
  return lastCount !== undefined && !countIsWrong;
}

/** Since when the oldest of them has been on its way; undefined if nothing is. */
export function onTheWaySince({ onTheWay }: Arrivals): number | undefined {
  return onTheWay[0]?.at;
}

/** By how much the count has moved since the last reading; nothing where there is no count to compare with. */
function countMoved({ lastCount }: Arrivals, { count }: Reading): Units {
  return lastCount === undefined || count === undefined ? 0n : maximum(count - lastCount, 0n);
}

/** By how much a reading is older than one that was seen before: the count itself never falls. */
function countBehind({ lastCount }: Arrivals, { count }: Reading): Units {
  return lastCount === undefined || count === undefined ? 0n : maximum(lastCount - count, 0n);
}

/**
 * Since when Units have left the trading account without being counted. What stays there is not counted, however long; and
 * what has left may be counted in a reading that is younger than the one that it is missing from.
 */
function sinceWhenMissing(
  { onTheWay, missingSince }: Arrivals,
  { at, waiting }: Reading,
): number | undefined {
  const boughtLongAgo = onTheWay.filter((parcel) => at - parcel.at >= surelyShownAfterMs);
  return total(boughtLongAgo) > waiting ? (missingSince ?? at) : undefined;
}

/** Use only lowers a balance: if it has risen, something came in, or an older reading came after a younger one. */
function hasRisenByAUnit({ lastUsable, lastCount }: Arrivals, { usable }: Reading): boolean {
  return lastCount !== undefined && usable >= lastUsable + decimalScale;
}

function parcels(units: Units, at: number): readonly Parcel[] {
  return units > 0n ? [{ units, at }] : [];
}

function recent(list: readonly Parcel[], now: number, forMs: number): readonly Parcel[] {
  return list.filter(({ at }) => now - at < forMs);
}

function total(list: readonly Parcel[]): Units {
  return list.reduce((sum, { units }) => sum + units, 0n);
}

/** Takes so many Units off the oldest parcels. */
function takeOff(list: readonly Parcel[], units: Units): readonly Parcel[] {
  let left = units;
  return list.flatMap((parcel) => {
    const taken = minimum(parcel.units, left);
    left -= taken;
    return parcels(parcel.units - taken, parcel.at);
  });
}
