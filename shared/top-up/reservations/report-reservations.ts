import { formatDecimal, type Units } from '../../ledger/decimal.ts';
import type { Log } from '../../observability/log.ts';
import { assessReservations, type ReservationChange } from './assess-reservations.ts';
import type { Reservation } from './reservation.ts';
import type { ReservationStore } from './store-port.ts';

/** What reporting needs. */
export interface ReportReservationsPorts {
  readonly reservations: Pick<ReservationStore, 'update'>;
  readonly log: Log;
}

/**
 * Records what a balance says about reservations, and logs which were met or missed. One that was changed by somebody
 * else meanwhile is left to the next check.
 *
 * @param open as `openOf` gave them
 * @param usable Units that an application can use
 * @param now ms since the epoch, when the balance was read
 * @returns what was recorded
 * @throws StoreUnavailableError
 */
export async function reportReservations(
  ports: ReportReservationsPorts,
  open: readonly Reservation[],
  usable: Units,
  now: number,
): Promise<readonly ReservationChange[]> {
  const recorded: ReservationChange[] = [];
  for (const change of assessReservations(open, usable, now)) {
    const { before, after } = change;
    if ((await ports.reservations.update(before, after)) === 'stale') continue;
    recorded.push(change);
    if (after.outcome !== before.outcome) logOutcome(ports.log, after);
  }
  return recorded;
}

function logOutcome(log: Log, { reservationId, instrument, outcome, missingUnits }: Reservation): void {
  const fields = { reservationId, instrument, missing: formatDecimal(missingUnits ?? 0n) };
  if (outcome === 'met') log.info('reservation-met', fields);
  else log.warn('reservation-missed', fields);
}
