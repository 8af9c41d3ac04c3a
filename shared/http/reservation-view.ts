import { formatDecimal, type Units } from '../ledger/decimal.ts';
import { outcomeAt, type Reservation } from '../top-up/reservations/reservation.ts';
import { isoTime, isoTimeOrNull } from './iso-time.ts';

/**
 * A reservation as callers see it. Amounts are decimal strings in Units, times are ISO 8601.
 *
 * @param now ms since the epoch
 */
export function reservationView(reservation: Reservation, now: number): object {
  return {
    id: reservation.reservationId,
    outcome: outcomeAt(reservation, now),
    instrument: reservation.instrument,
    units: formatDecimal(reservation.units),
    neededFrom: isoTime(reservation.neededFrom),
    neededUntil: isoTime(reservation.neededUntil),
    readyUnits: unitsOrNull(reservation.readyUnits),
    missingUnits: unitsOrNull(reservation.missingUnits),
    checkedAt: isoTimeOrNull(reservation.checkedAt),
    metAt: isoTimeOrNull(reservation.metAt),
    cancelledAt: isoTimeOrNull(reservation.cancelledAt),
    createdAt: isoTime(reservation.createdAt),
  };
}

function unitsOrNull(units: Units | undefined): string | null {
  return units === undefined ? null : formatDecimal(units);
}
