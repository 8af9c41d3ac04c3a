import { formatDecimal } from '../../ledger/decimal.ts';
import type { CapacityReservation } from '../policy/contract.ts';
import type { Reservation } from './reservation.ts';

/**
 * Reservations as a policy takes them. Units are those that were asked for: what the batch has used of them is for the policy
 * to take off.
 */
export function capacityOf(reservations: readonly Reservation[]): readonly CapacityReservation[] {
  return reservations.map(({ reservationId, units, neededFrom, neededUntil }) => ({
    reservationId,
    units: formatDecimal(units),
    neededFrom,
    neededUntil,
  }));
}
