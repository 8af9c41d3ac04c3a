import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, normalizeFingerprint } from '../../../shared/signing/fingerprint.ts';
import { deriveKeyPair } from '../../../shared/signing/key-pair.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { hexToBase64, rfc8032 } from './support/rfc8032.ts';

const standardAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 without padding, bit by bit, of a digest that Web Crypto made. */
async function independentFingerprint(publicKey: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(publicKey));
  const bits = [...new Uint8Array(digest)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,6}/g) ?? [];
  return groups.map((group) => standardAlphabet.charAt(Number.parseInt(group.padEnd(6, '0'), 2))).join('');
}

describe('the fingerprint of a public key', () => {
  it('is the base64 of its SHA-256, 43 characters, without padding', async () => {
    const anyPublicKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const property = fc.asyncProperty(anyPublicKey, async (publicKey) => {
      const fingerprint = fingerprintOf(publicKey);
      expect(fingerprint).toBe(await independentFingerprint(publicKey));
      expect(fingerprint).toMatch(/^[A-Za-z0-9+/]{43}$/);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it.each(rfc8032)('of RFC 8032 $name is told by key and by key pair', async ({ seed, publicKey }) => {
    const expected = await independentFingerprint(Buffer.from(publicKey, 'hex'));
    expect(SigningKey.load(hexToBase64(seed)).fingerprint).toBe(expected);
    expect(deriveKeyPair(hexToBase64(seed)).fingerprint).toBe(expected);
  });

  it('loses padding and white space when a person typed it, and nothing else', () => {
    expect(normalizeFingerprint('\n ab+/cd== ')).toBe('ab+/cd');
    expect(normalizeFingerprint('a=b')).toBe('a=b');
  });
});
