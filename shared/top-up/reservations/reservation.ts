import type { Units } from '../../ledger/decimal.ts';

/** `open` until the first check within the window has decided, unless it is cancelled. */
export const reservationOutcomes = ['open', 'met', 'missed', 'cancelled'] as const;
export type ReservationOutcome = (typeof reservationOutcomes)[number];

/** Capacity for a batch: Units that have to be usable, beyond the usual demand, while it runs. Times are ms since the epoch. */
export interface Reservation {
  readonly reservationId: string;
  /** Grows by one with every change, from 1. */
  readonly version: number;
  /** Tells a repetition of the request from another one under the same key. */
  readonly payloadFingerprint: string;
  /** Symbol. */
  readonly instrument: string;
  /** More than none; a fraction of a Unit counts. */
  readonly units: Units;
  readonly neededFrom: number;
  readonly neededUntil: number;
  /** ARN of the IAM role or user that made it. */
  readonly principal: string;
  readonly createdAt: number;
  readonly cancelledAt: number | undefined;
  readonly outcome: ReservationOutcome;
  /** When a check has last found something else than the one before. */
  readonly checkedAt: number | undefined;
  /** Units that were ready for it then. */
  readonly readyUnits: Units | undefined;
  /** Units that were lacking at the first check of its window. */
  readonly missingUnits: Units | undefined;
  /** When all of it was ready for the first time within the window; after a miss, how late that was. */
  readonly metAt: number | undefined;
}

/** What a caller asks for. */
export type ReservationTerms = Pick<Reservation, 'units' | 'neededFrom' | 'neededUntil'>;

/** Whether its window is over. */
export function isOver(reservation: Pick<Reservation, 'neededUntil'>, now: number): boolean {
  return now >= reservation.neededUntil;
}

/** What became of it: one that no check has looked at within its window is missed, because nobody knows better. */
export function outcomeAt(reservation: Reservation, now: number): ReservationOutcome {
  const { outcome } = reservation;
  return outcome === 'open' && isOver(reservation, now) ? 'missed' : outcome;
}
