import { formatDecimal } from '../../ledger/decimal.ts';
import type { CapacityReservation } from '../policy/contract.ts';
import type { Reservation } from './reservation.ts';

/**
 * Reservations as a policy takes them. All of the Units stay wanted until the window ends: what a batch uses is bought
 * again.
 */
export function capacityOf(reservations: readonly Reservation[]): readonly CapacityReservation[] {
  return reservations.map(({ reservationId, units, neededFrom, neededUntil }) => ({
    reservationId,
    units: formatDecimal(units),
    neededFrom,
    neededUntil,
  }));
}
