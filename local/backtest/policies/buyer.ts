import type { RestingOrder } from '../simulate/exchange.ts';

/** A purchase as a buyer gets to know it, once its Units are there. */
export interface ReportedFill {
  readonly minute: number;
  /** Whole Units. */
  readonly units: number;
  /** Cents. */
  readonly price: number;
}

/** What a buyer sees at a review. Valid during the review only: the next one reuses it. */
export interface Reading {
  readonly minute: number;
  /** Whether it is not the schedule's review, but one that a refused application asked for, half a minute later. */
  readonly isWakeUp: boolean;
  /** Whether it is this instrument's turn to have its book read, even if nothing depends on it. */
  readonly isTurn: boolean;
  /** Steps, as the exchange shows it: old or rounded if the conditions say so. */
  readonly balance: number;
  /** Steps that are bought and not usable yet. */
  readonly inTransit: number;
  /** Cents. */
  readonly bid: number;
  readonly ask: number;
  readonly orders: readonly RestingOrder[];
  /** Those whose Units have arrived since the last review that took place, by the minute of arrival. */
  readonly fills: readonly ReportedFill[];
  readonly wasRefused: boolean;
}

/** What a buyer can do at a review. */
export interface Desk {
  /** Buys whole Units at up to `limit` cents; what is not on offer waits in the book if it `rests`. Returns the order's id. */
  place(units: number, limit: number, rests: boolean): number;
  cancel(id: number): void;
  /** Notes an order that production would not have placed. */
  refuse(): void;
  /** Notes a signed request beyond those of every review. */
  read(): void;
}

/** Something that buys: a policy with everything it remembers. One per run. */
export interface Buyer {
  /** Cents that it may pay at most; infinite if it takes any price. */
  readonly highestPrice: number;
  /** Minutes between its reviews, if more than the conditions say. */
  readonly reviewEvery?: number;
  /** Signed requests to look around, before it orders or cancels anything. */
  readonly readsPerReview: number;
  review(reading: Reading, desk: Desk): void;
}
