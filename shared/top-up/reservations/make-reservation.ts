import type { Log } from '../../observability/log.ts';
import { payloadFingerprint } from '../../orders/order-id.ts';
import type { Clock } from '../../time/clock.ts';
import type { Reservation, ReservationTerms } from './reservation.ts';
import { type WindowProblem, windowProblems } from './rules.ts';
import type { ReservationStore } from './store-port.ts';

/** What making a reservation needs. */
export interface MakeReservationPorts {
  readonly reservations: Pick<ReservationStore, 'create' | 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What is asked for. */
export interface ReservationIntent {
  readonly reservationId: string;
  readonly principal: string;
  /** Symbol. */
  readonly instrument: string;
  readonly terms: ReservationTerms;
}

export type MakeReservationResult =
  | { readonly kind: 'made'; readonly reservation: Reservation }
  /** The same was asked for before under this id; nothing was changed. */
  | { readonly kind: 'replayed'; readonly reservation: Reservation }
  /** Something else was asked for before under this id; nothing was changed. */
  | { readonly kind: 'payload-differs'; readonly reservation: Reservation }
  | { readonly kind: 'invalid'; readonly problems: readonly WindowProblem[] };

/**
 * Makes a reservation, once for each id. A repetition is answered with what was made, whatever the time is by then.
 *
 * @throws StoreUnavailableError
 */
export async function makeReservation(
  ports: MakeReservationPorts,
  intent: ReservationIntent,
): Promise<MakeReservationResult> {
  const reservation = newReservation(intent, ports.clock.now());
  const existing = await ports.reservations.get(intent.reservationId);
  if (existing !== undefined) return repetition(existing, reservation);
  const problems = windowProblems(intent.terms, reservation.createdAt);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const outcome = await ports.reservations.create(reservation);
  if (outcome.kind === 'exists') return repetition(outcome.reservation, reservation);
  const { reservationId, instrument } = reservation;
  ports.log.info('reservation-made', { reservationId, instrument });
  return { kind: 'made', reservation };
}

function repetition(existing: Reservation, wanted: Reservation): MakeReservationResult {
  const isSame = existing.payloadFingerprint === wanted.payloadFingerprint;
  return { kind: isSame ? 'replayed' : 'payload-differs', reservation: existing };
}

function newReservation(
  { reservationId, principal, instrument, terms }: ReservationIntent,
  now: number,
): Reservation {
  const { units, neededFrom, neededUntil } = terms;
  return {
    reservationId,
    version: 1,
    payloadFingerprint: payloadFingerprint({
      instrument,
      units: units.toString(),
      neededFrom: String(neededFrom),
      neededUntil: String(neededUntil),
    }),
    instrument,
    units,
    neededFrom,
    neededUntil,
    principal,
    createdAt: now,
    cancelledAt: undefined,
    outcome: 'open',
    checkedAt: undefined,
    readyUnits: undefined,
    missingUnits: undefined,
    metAt: undefined,
  };
}
