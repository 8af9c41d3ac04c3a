import type { Reservation, ReservationOutcome } from './reservation.ts';

/** Where reservations are kept. Every write is conditional. */
export interface ReservationStore {
  /** Records a new reservation, unless there is one under its id. */
  create(reservation: Reservation): Promise<CreateReservationOutcome>;
  get(reservationId: string): Promise<Reservation | undefined>;
  /**
   * The reservations of an instrument that are not cancelled and whose window has not ended, the one that ends first at
   * the front. As they are now: nothing lags.
   *
   * @param instrument symbol
   * @param now ms since the epoch
   */
  openOf(instrument: string, now: number): Promise<readonly Reservation[]>;
  /**
   * Writes the next version of a reservation, if `before` is still the current one. Instrument and window never change.
   *
   * @returns `stale` if somebody else was first; nothing was written then
   */
  update(before: Reservation, after: Reservation): Promise<'written' | 'stale'>;
  /** Reservations by time of creation, newest first. May lag behind by a moment: for people, never for a decision. */
  list(query: ReservationQuery): Promise<ReservationPage>;
}

export type CreateReservationOutcome =
  | { readonly kind: 'created' }
  | { readonly kind: 'exists'; readonly reservation: Reservation };

export interface ReservationQuery {
  /** Symbol. */
  readonly instrument?: string;
  /** Who has made them. */
  readonly principal?: string;
  /** As of `now`. */
  readonly outcome?: ReservationOutcome;
  /** ms since the epoch. */
  readonly now: number;
  readonly limit: number;
  /** Opaque, from the page before. */
  readonly cursor?: string;
}

export interface ReservationPage {
  readonly reservations: readonly Reservation[];
  readonly nextCursor: string | undefined;
}
