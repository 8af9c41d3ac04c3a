import { derivedId, type TickIdentity } from '../orders/order-id.ts';

/** The id of a tick's transfer of an instrument: the same tick delivered twice means the same transfer. */
export function transferId(identity: TickIdentity): string {
  const { stage, scheduleArn, scheduledTime, instrument } = identity;
  return derivedId('t', stage, ['v1', 'transfer', stage, scheduleArn, scheduledTime, instrument]);
}
