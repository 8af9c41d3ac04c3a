import type { Reservation } from '../../shared/top-up/reservations/reservation.ts';
import { usd } from './sample-order.ts';
import { testEpoch } from './virtual-clock.ts';

export const hourMs = 3_600_000;

/** An id that `isReservationId` takes, ending in this letter. */
export function reservationIdWith(letter: string): string {
  return `g1r-${letter.padStart(26, 'a')}`;
}

/** 10 Units from two to three hours after the epoch of the tests. */
export function sampleReservation(changes: Partial<Reservation> = {}): Reservation {
  return {
    reservationId: reservationIdWith('a'),
    version: 1,
    payloadFingerprint: 'payload-1',
    instrument: 'chat-prime',
    units: usd('10'),
    neededFrom: testEpoch + 2 * hourMs,
    neededUntil: testEpoch + 3 * hourMs,
    principal: 'arn:aws:iam::123456789012:role/batch',
    createdAt: testEpoch,
    cancelledAt: undefined,
    outcome: 'open',
    checkedAt: undefined,
    readyUnits: undefined,
    missingUnits: undefined,
    metAt: undefined,
    ...changes,
  };
}
