import type { Reservation } from '../../../shared/top-up/reservations/reservation.ts';
import type { Invariant } from './invariant.ts';

/** What a reservation is never changes; only what became of it does. */
const fixed = [
  'reservationId',
  'payloadFingerprint',
  'instrument',
  'units',
  'neededFrom',
  'neededUntil',
  'principal',
  'createdAt',
] as const satisfies readonly (keyof Reservation)[];

/** Half of one would be bought for and could never be cancelled, or the other way round. */
export const wholeReservations: Invariant = {
  number: 'V1',
  sentence:
    'A reservation is there as a whole or not at all, changes by one version each, never its terms, and stays cancelled.',
  afterEvent: ({ store }) =>
    store.reservations.size === store.reservationPlaces ? undefined : 'there is half of a reservation',
  atReservationWrite: (_world, { before, after }) => {
    const { reservationId, version, outcome } = after;
    if (before === undefined) {
      return version === 1 && outcome === 'open' ? undefined : `${reservationId} began as ${outcome}`;
    }
    if (version !== before.version + 1) return `${reservationId} skipped a version`;
    if (before.outcome === 'cancelled') return `${reservationId} was ${outcome} after it was cancelled`;
    const changed = fixed.find((field) => before[field] !== after[field]);
    return changed === undefined ? undefined : `${reservationId} changed its ${changed}`;
  },
};
