import { describe, expect, it } from 'vitest';
import { deriveKeyPair, verifySignature } from '../../../shared/signing/key-pair.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { hexToBase64, type KnownAnswer, rfc8032 } from './support/rfc8032.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

function flipBit(original: Buffer, position: number): Buffer {
  const copy = Buffer.from(original);
  copy.writeUInt8(copy.readUInt8(position) ^ 1, position);
  return copy;
}

describe.each<KnownAnswer>(rfc8032)('RFC 8032 $name', ({ seed, publicKey, message, signature }) => {
  it('gives the public key from the seed, alone or with the public key behind it', () => {
    for (const text of [hexToBase64(seed), hexToBase64(seed + publicKey)]) {
      expect(Buffer.from(SigningKey.load(text).publicKey).toString('hex')).toBe(publicKey);
      expect(deriveKeyPair(text).publicKey).toBe(hexToBase64(publicKey));
    }
  });

  it('gives the signature over the message', () => {
    expect(SigningKey.load(hexToBase64(seed)).sign(bytes(message)).toString('hex')).toBe(signature);
  });

  it('is verified, and not once a bit of the message, the signature or the key is another', () => {
    const [m, s, k] = [bytes(message), bytes(signature), bytes(publicKey)];
    expect(verifySignature(m, s, k)).toBe(true);
    expect(verifySignature(Buffer.concat([m, Buffer.from([0])]), s, k)).toBe(false);
    expect(verifySignature(m, flipBit(s, 0), k)).toBe(false);
    expect(verifySignature(m, flipBit(s, 40), k)).toBe(false);
    expect(verifySignature(m, s, flipBit(k, 5))).toBe(false);
  });

  it('is not verified with a signature or a key of another length', () => {
    const [m, s, k] = [bytes(message), bytes(signature), bytes(publicKey)];
    expect(verifySignature(m, s.subarray(1), k)).toBe(false);
    expect(verifySignature(m, Buffer.alloc(0), k)).toBe(false);
    expect(verifySignature(m, s, k.subarray(0, 31))).toBe(false);
  });
});
