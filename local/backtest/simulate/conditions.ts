import { scoredFrom } from '../calendar.ts';

/** What goes wrong, and how well a buyer sees. The same for every policy of a run. */
export interface Conditions {
  /** Minutes from one review to the next. Default: 1. */
  readonly reviewEvery: number;
  /** How many instruments the stage tops up: of so many, each review reads one book that nothing depends on. Default: 1. */
  readonly instruments: number;
  /** Share of reviews that do not happen. Default: 0.01. */
  readonly lostReviews: number;
  /** Whether nothing can be reviewed for ten minutes on every third day. Default: yes. */
  readonly hasOutages: boolean;
  /** Minutes until a change of the balance shows in readings; the Units can be used at once. Default: 0. */
  readonly balanceLag: number;
  /** Minutes from a fill until its Units can be used; their four hours begin then. Default: 0. */
  readonly deliveryDelay: number;
  /** Whether readings show whole Units only, rounded down. Default: no. */
  readonly wholeBalances: boolean;
  /** Whether an application that was refused has a review made at once. Default: no. */
  readonly wakesUp: boolean;
  /** Reviews for which a cancelled order is still listed, though it buys no more: as long as production knows no better. Default: 2. */
  readonly endingReviews: number;
  /** Whether ours is behind others at the best bid even if it was there first. Default: no. */
  readonly isAlwaysBehind: boolean;
  /** Minutes at the start in which nothing is scored: policies learn. Default: a day. */
  readonly learningMinutes: number;
  /** Of what goes wrong by chance. Default: 5. */
  readonly failureSeed: number;
}

export const usualConditions: Conditions = {
  reviewEvery: 1,
  instruments: 1,
  lostReviews: 0.01,
  hasOutages: true,
  balanceLag: 0,
  deliveryDelay: 0,
  wholeBalances: false,
  wakesUp: false,
  endingReviews: 2,
  isAlwaysBehind: false,
  learningMinutes: scoredFrom,
  failureSeed: 5,
};
