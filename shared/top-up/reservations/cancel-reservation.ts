import type { Log } from '../../observability/log.ts';
import { StoreUnavailableError } from '../../orders/store-port.ts';
import type { Clock } from '../../time/clock.ts';
import { isOver, type Reservation } from './reservation.ts';
import type { ReservationStore } from './store-port.ts';

/** What cancelling a reservation needs. */
export interface CancelReservationPorts {
  readonly reservations: Pick<ReservationStore, 'get' | 'update'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

export type CancelReservationResult =
  | { readonly kind: 'not-found' }
  /** Now or before. */
  | { readonly kind: 'cancelled'; readonly reservation: Reservation }
  /** Its window has ended. */
  | { readonly kind: 'over'; readonly reservation: Reservation };

/** A check changes a reservation once a minute, so the second attempt is hardly ever needed. */
const attempts = 5;

/**
 * Cancels a reservation: from the next check on nothing is bought for it any more. What was bought stays.
 *
 * @throws StoreUnavailableError
 */
export async function cancelReservation(
  ports: CancelReservationPorts,
  reservationId: string,
): Promise<CancelReservationResult> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await ports.reservations.get(reservationId);
    if (before === undefined) return { kind: 'not-found' };
    if (before.outcome === 'cancelled') return { kind: 'cancelled', reservation: before };
    const now = ports.clock.now();
    if (isOver(before, now)) return { kind: 'over', reservation: before };
    const after = {
      ...before,
      version: before.version + 1,
      outcome: 'cancelled',
      cancelledAt: now,
    } as const;
    if ((await ports.reservations.update(before, after)) === 'written') {
      ports.log.info('reservation-cancelled', { reservationId, instrument: after.instrument });
      return { kind: 'cancelled', reservation: after };
    }
    if (attempt >= attempts) throw new StoreUnavailableError('Contention');
  }
}
