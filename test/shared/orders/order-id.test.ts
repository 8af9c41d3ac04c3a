import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apiOrderId,
  deploymentTag,
  isOrderOf,
  payloadFingerprint,
  scheduleOrderId,
} from '../../../shared/orders/order-id.ts';

const api = {
  stage: 'example',
  accountId: '123456789012',
  principal: 'arn:aws:iam::123456789012:role/app',
  idempotencyKey: 'order-0000000001',
};
const tick = {
  stage: 'example',
  scheduleArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/check',
  scheduledTime: '2026-11-23T12:00:00Z',
  instrument: 'chat-prime',
  purpose: 'urgent' as const,
};

/** RFC 4648 base32 in lower case, the slow and obvious way. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(group, 2)])
    .join('');
}

describe('order ids', () => {
  it('are a readable prefix, a mark of the stage and 110 bits of the hash of the intent', () => {
    const seed = ['v1', 'api', api.stage, api.accountId, api.principal, api.idempotencyKey].join('\0');
    const digest = createHash('sha256').update(seed).digest();
    const tag = base32(createHash('sha256').update('v1\0stage\0example').digest()).slice(0, 4);
    expect(apiOrderId(api)).toBe(`g1a-${tag}${base32(digest).slice(0, 22)}`);
    const { stage, scheduleArn, scheduledTime, instrument, purpose } = tick;
    const tickSeed = ['v1', 'schedule', stage, scheduleArn, scheduledTime, instrument, purpose];
    const tickDigest = createHash('sha256').update(tickSeed.join('\0')).digest();
    expect(scheduleOrderId(tick)).toBe(`g1s-${tag}${base32(tickDigest).slice(0, 22)}`);
  });

  it('are the same for the same intent and differ when any part of it differs', () => {
    expect(apiOrderId({ ...api })).toBe(apiOrderId(api));
    const others = Object.keys(api).map((name) => apiOrderId({ ...api, [name]: 'other' }));
    const otherTicks = Object.keys(tick).map((name) => scheduleOrderId({ ...tick, [name]: 'other' }));
    expect(new Set([apiOrderId(api), scheduleOrderId(tick), ...others, ...otherTicks]).size).toBe(11);
  });
});

describe('the mark of a stage', () => {
  it('is in all its ids and in no others', () => {
    const tag = deploymentTag('example');
    expect(isOrderOf(tag, apiOrderId(api))).toBe(true);
    expect(isOrderOf(tag, scheduleOrderId(tick))).toBe(true);
    expect(isOrderOf(tag, apiOrderId({ ...api, stage: 'production' }))).toBe(false);
    expect(isOrderOf(tag, `buy-${tag}`)).toBe(false);
    expect(isOrderOf(tag, `g1a-${tag}${'a'.repeat(22)}`)).toBe(true);
    expect(isOrderOf(tag, `g1a-${tag}${'a'.repeat(22)}x`)).toBe(false);
    // Somebody else's id with one of ours at its end: the fourth to the eighth character would be the mark.
    expect(isOrderOf('g1a-', `xxxxg1a-${'a'.repeat(26)}`)).toBe(false);
  });
});

describe('payload fingerprints', () => {
  it('do not depend on the order of fields, and tell any two payloads apart', () => {
    expect(payloadFingerprint({ a: '1', b: '2' })).toBe(payloadFingerprint({ b: '2', a: '1' }));
    expect(payloadFingerprint({ a: '1', b: undefined })).toBe(payloadFingerprint({ a: '1' }));
    const canonical = JSON.stringify([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    const known = createHash('sha256').update(canonical).digest('hex');
    expect(payloadFingerprint({ c: '3', a: '1', b: '2' })).toBe(known);
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string()),
        fc.dictionary(fc.string(), fc.string()),
        (a, b) => {
          const isSame =
            JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());
          expect(payloadFingerprint(a) === payloadFingerprint(b)).toBe(isSame);
        },
      ),
    );
  });
});
