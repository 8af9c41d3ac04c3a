import { isOver, outcomeAt, type Reservation } from '../../shared/top-up/reservations/reservation.ts';
import type { ReservationStore } from '../../shared/top-up/reservations/store-port.ts';

/** Reservations in memory, with the same promises as the real ones. A cursor is the id of the last one shown. */
export function createMemoryReservationStore(): ReservationStore {
  const records = new Map<string, Reservation>();
  return {
    create: async (reservation) => {
      const existing = records.get(reservation.reservationId);
      if (existing !== undefined) return { kind: 'exists', reservation: existing };
      records.set(reservation.reservationId, reservation);
      return { kind: 'created' };
    },
    get: async (reservationId) => records.get(reservationId),
    openOf: async (instrument, now) =>
      [...records.values()]
        .filter((one) => one.instrument === instrument && one.outcome !== 'cancelled' && !isOver(one, now))
        .toSorted((a, b) => a.neededUntil - b.neededUntil || (a.reservationId < b.reservationId ? -1 : 1)),
    update: async (before, after) => {
      if (records.get(before.reservationId)?.version !== before.version) return 'stale';
      records.set(after.reservationId, after);
      return 'written';
    },
    list: async ({ instrument, principal, outcome, now, limit, cursor }) => {
      const newestFirst = [...records.values()].toSorted((a, b) => b.createdAt - a.createdAt);
      const start = newestFirst.findIndex(({ reservationId }) => reservationId === cursor) + 1;
      const matching = newestFirst
        .slice(start)
        .filter((one) => instrument === undefined || one.instrument === instrument)
        .filter((one) => principal === undefined || one.principal === principal)
        .filter((one) => outcome === undefined || outcomeAt(one, now) === outcome);
      const page = matching.slice(0, limit);
      return {
        reservations: page,
        nextCursor: matching.length > limit ? page.at(-1)?.reservationId : undefined,
      };
    },
  };
}
