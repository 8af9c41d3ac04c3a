import { minuteMs } from './use-history.ts';

/** A purchase by when it happened. */
export interface DatedPurchase {
  /** Ms since the epoch: not before `from` and not after `told`. */
  readonly from: number;
  readonly told: number;
  /** Units. */
  readonly units: number;
}

/**
 * What rises of the balance say about how late it shows purchases. Use and expiry only lower a balance, so each rise has to be
 * explained by purchases of so many minutes before. Where balances lag always alike, the true lag explains every rise.
 */
export interface LagEvidence {
  /** All purchases that may still show in a rise, oldest first. */
  readonly purchases: readonly DatedPurchase[];
  /** By minutes of lag: how many rises more than by the best of them were left unexplained. Empty while there were none. */
  readonly against: readonly number[];
}

/** The lags that may be, in minutes. */
export interface PossibleLag {
  readonly least: number;
  readonly most: number;
}

export const noEvidence: LagEvidence = { purchases: [], against: [] };

/** A rise between two readings. */
export interface Rise {
  readonly from: number;
  readonly to: number;
  /** Units; none or less is no rise, and says nothing. */
  readonly units: number;
  /** Purchases told of with the second reading. */
  readonly purchases: readonly DatedPurchase[];
}

/** Longer lags are not thought of. Minutes. */
export const longestLag = 30;
/** A lag is out of the question when it left so many rises more unexplained than the best one. */
const refutedFrom = 0.5;
/** How many rises it takes to think of it again. */
const mostAgainst = 4;
/** Less is a matter of rounding. Units. */
const nothing = 1e-6;

/** Takes a rise, or none, into the evidence. */
export function weighRise({ purchases, against }: LagEvidence, rise: Rise): LagEvidence {
  const known = [...purchases, ...rise.purchases];
  const oldest = rise.to - (longestLag + 1) * minuteMs;
  return {
    purchases: known.filter(({ told }) => told > oldest),
    against: rise.units <= nothing ? against : compared(against, unexplained(known, rise)),
  };
}

/** For each lag the part of the rise that it does not explain: 0 to 1. */
function unexplained(purchases: readonly DatedPurchase[], { from, to, units }: Rise): number[] {
  return Array.from({ length: longestLag + 1 }, (_, lag) => {
    const late = lag * minuteMs;
    let shown = 0;
    for (const one of purchases) if (one.from + late <= to && one.told + late > from) shown += one.units;
    return shown >= units - nothing ? 0 : 1 - shown / units;
  });
}

function compared(before: readonly number[], more: readonly number[]): number[] {
  const sums = more.map((part, lag) => part + (before[lag] ?? 0));
  const least = Math.min(...sums);
  return sums.map((sum) => Math.round(Math.min(mostAgainst, sum - least) * 1e3) / 1e3);
}

/** The lags that no rise speaks against. */
export function possibleLag({ against }: LagEvidence): PossibleLag {
  if (against.length === 0) return { least: 0, most: longestLag };
  return {
    least: against.findIndex(isPossible),
    most: against.findLastIndex(isPossible),
  };
}

function isPossible(against: number): boolean {
  return against < refutedFrom;
}
