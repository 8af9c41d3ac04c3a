import { createHash } from 'node:crypto';
import type { OrderPurpose } from './order.ts';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const tagCharacters = 4;
const digestCharacters = 22;

/** Whatever has this prefix at the exchange is ours. */
const idPrefix = 'g1';

/** What makes an order of the API the same order when it is asked for again. */
export interface ApiOrderIdentity {
  readonly stage: string;
  readonly accountId: string;
  /** ARN of the caller's IAM role or user, not of its session. */
  readonly principal: string;
  readonly idempotencyKey: string;
}

/** What makes something that a tick does for an instrument the same when the tick is delivered twice. */
export interface TickIdentity {
  readonly stage: string;
  readonly scheduleArn: string;
  /** The time the tick was due, not when it ran: ISO 8601. */
  readonly scheduledTime: string;
  readonly instrument: string;
}

/** The same for an order: a tick can place one for each purpose. */
export interface ScheduleOrderIdentity extends TickIdentity {
  readonly purpose: OrderPurpose;
}

/** The order id, and client order id at the exchange, of a caller's idempotency key. */
export function apiOrderId(identity: ApiOrderIdentity): string {
  const { stage, accountId, principal, idempotencyKey } = identity;
  return derivedId('a', stage, ['v1', 'api', stage, accountId, principal, idempotencyKey]);
}

/** The order id, and client order id at the exchange, of a tick's purchase of an instrument for one purpose. */
export function scheduleOrderId(identity: ScheduleOrderIdentity): string {
  const { stage, scheduleArn, scheduledTime, instrument, purpose } = identity;
  return derivedId('s', stage, ['v1', 'schedule', stage, scheduleArn, scheduledTime, instrument, purpose]);
}

/** What the ids of a stage have in common: several stages may buy on one account at the exchange. */
export function deploymentTag(stage: string): string {
  return toBase32(createHash('sha256').update(`v1\0stage\0${stage}`).digest()).slice(0, tagCharacters);
}

/** Whether an order with this client order id was sent by the stage with this tag. */
export function isOrderOf(tag: string, clientOrderId: string): boolean {
  return isOrderId(clientOrderId) && clientOrderId.slice(4, 4 + tagCharacters) === tag;
}

/** Whether this can be an id of ours. */
export function isOrderId(text: string): boolean {
  return /^g1[as]-[a-z2-7]{26}$/.test(text);
}

/** Whether an order with this id was the schedule's wish, and not a caller's. */
export function isScheduleOrderId(orderId: string): boolean {
  return orderId.startsWith(`${idPrefix}s-`);
}

/** Of an order of which only the id is known: whatever is asked for under its key is taken for a repetition. */
export const unknownPayload = 'unknown';

/** Tells a repetition of an order from another order under the same key. */
export function payloadFingerprint(payload: Readonly<Record<string, string | undefined>>): string {
  const canonical = Object.entries(payload)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

/**
 * The id that always comes of the same intent: 30 characters of `[a-z2-7-]`, short enough for every exchange we know of,
 * with 110 bits of the intent's hash.
 *
 * @param kind an order of the API, an order of the schedule, a transfer, or a reservation
 * @param parts everything that makes it this intent and no other
 */
export function derivedId(kind: 'a' | 's' | 't' | 'r', stage: string, parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  return `${idPrefix}${kind}-${deploymentTag(stage)}${toBase32(digest).slice(0, digestCharacters)}`;
}

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += base32.charAt((value >>> (bits - 5)) & 31);
  }
  return text;
}
