import { type ApiOrderIdentity, derivedId } from '../../orders/order-id.ts';

/** The id of a caller's idempotency key, if it stands for a reservation: the same key means the same reservation. */
export function reservationIdOf(identity: ApiOrderIdentity): string {
  const { stage, accountId, principal, idempotencyKey } = identity;
  return derivedId('r', stage, ['v1', 'reservation', stage, accountId, principal, idempotencyKey]);
}

/** Whether this can be the id of a reservation of ours. */
export function isReservationId(text: string): boolean {
  return /^g1r-[a-z2-7]{26}$/.test(text);
}
