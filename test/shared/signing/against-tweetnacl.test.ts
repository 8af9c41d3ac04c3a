import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { expect, it } from 'vitest';
import { generateKeyPair, verifySignature } from '../../../shared/signing/key-pair.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { tries } from '../../support/thorough.ts';

/** Set it to the seed of a failed run, which the failure prints, to see that run again. */
const seed = Number(process.env['FAST_CHECK_SEED'] ?? randomInt(2 ** 31));

const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** tweetnacl needs 10 ms for one. */
const messages = tries(600, 3_000);

const anyMessage = fc.uint8Array({ maxLength: 600, size: 'max' });

function loadBoth(keySeed: Uint8Array) {
  return {
    ours: SigningKey.load(Buffer.from(keySeed).toString('base64')),
    theirs: nacl.sign.keyPair.fromSeed(keySeed),
  };
}

it(`signs ${messages} random messages with the same bytes as tweetnacl`, () => {
  const pairs = Array.from({ length: 8 }, () => loadBoth(nacl.randomBytes(32)));
  const lengths = new Set<number>();
  fc.assert(
    fc.property(fc.constantFrom(...pairs), anyMessage, ({ ours, theirs }, message) => {
      lengths.add(message.length);
      const signature = ours.sign(message);
      expect(signature.equals(nacl.sign.detached(message, theirs.secretKey))).toBe(true);
    }),
    { seed, numRuns: messages },
  );
  expect(lengths.size).toBeGreaterThan(messages / 10);
});

it('signs what tweetnacl verifies, for any key and message', () => {
  fc.assert(
    fc.property(anySeed, anyMessage, (keySeed, message) => {
      const { ours, theirs } = loadBoth(keySeed);
      expect(Buffer.from(ours.publicKey).equals(theirs.publicKey)).toBe(true);
      expect(nacl.sign.detached.verify(message, ours.sign(message), theirs.publicKey)).toBe(true);
    }),
    { seed, numRuns: 30 },
  );
});

it('makes key pairs that sign and verify, and never the same one twice', () => {
  const pairs = Array.from({ length: 10 }, () => generateKeyPair());
  const message = Buffer.from('1764000000GET/api/v1/trading/orders');
  for (const pair of pairs) {
    const key = SigningKey.load(pair.privateKey, pair.fingerprint);
    expect(verifySignature(message, key.sign(message), Buffer.from(pair.publicKey, 'base64'))).toBe(true);
    expect(Buffer.from(pair.privateKey, 'base64')).toHaveLength(32);
  }
  expect(new Set(pairs.map((pair) => pair.privateKey)).size).toBe(pairs.length);
});
