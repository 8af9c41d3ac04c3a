import { decayShare } from './statistics.ts';

/**
 * Proof that Units are used: a fall of the balance that neither an expiry nor a purchase that does not show yet can explain.
 * Units, both.
 */
export interface ProvenUse {
  /** Bought and not proven to be used, slowly forgotten: they are there, on their way, or have expired. */
  readonly unproven: number;
  /** Used in the last ten minutes or so, and the most that this ever was, forgotten in weeks. */
  readonly lately: number;
  readonly peak: number;
}

export const nothingProven: ProvenUse = { unproven: 0, lately: 0, peak: 0 };

/** What a reading adds. Units. */
export interface Turnover {
  readonly minutes: number;
  /** By us and by anybody else. */
  readonly bought: number;
  readonly proven: number;
  /** All that is believed to be used in the last ten minutes, where the balance shows that it was; 0 elsewhere. */
  readonly shownLately: number;
}

export const latelyMinutes = 10;
const peakHalfLifeMinutes = 4_320;
const unprovenHalfLifeMinutes = 180;

/** Once a lag is known, what seemed to be shown at once is no proof. */
export function withoutShown({ unproven }: ProvenUse): ProvenUse {
  return { ...nothingProven, unproven };
}

export function followProof(
  before: ProvenUse,
  { minutes, bought, proven, shownLately }: Turnover,
): ProvenUse {
  const lately = Math.max(shownLately, before.lately * Math.exp(-minutes / latelyMinutes) + proven);
  return {
    unproven: Math.max(0, kept(before.unproven, minutes, unprovenHalfLifeMinutes) + bought - proven),
    lately,
    peak: Math.max(kept(before.peak, minutes, peakHalfLifeMinutes), lately),
  };
}

function kept(units: number, minutes: number, halfLife: number): number {
  return units * (1 - decayShare(minutes, halfLife));
}

/** So many Units may always be bought without any proof that they are needed, */
const fewUnits = 2;
/** and for so many minutes of the briskest use that was ever proven, beyond the time that a purchase takes to show. */
const coverMinutes = 20;

/**
 * How many Units may still be bought where balances may lag. Proof is never made by buying, so that a mistake about what
 * was used cannot feed itself: what expires in a lot's life is never much more than this.
 */
export function purchaseAllowance({ unproven, peak }: ProvenUse, lagMinutes: number): number {
  return Math.max(0, fewUnits + (peak * (lagMinutes + coverMinutes)) / latelyMinutes - unproven);
}
