import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { inspect } from 'node:util';
import { fingerprintOf, normalizeFingerprint } from './fingerprint.ts';
import { checkStatedPublicKey, decodePrivateKey, SigningKeyError } from './key-encoding.ts';

/** DER of an Ed25519 private key up to the 32-byte seed (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * An Ed25519 private key that can sign and cannot be seen: printing, logging, cloning or serialising it shows
 * nothing of it, its fingerprint included. Signs with `node:crypto` and a cached key object, which gives the same bytes as
 * tweetnacl in a fraction of the time.
 */
export class SigningKey {
  readonly #key: KeyObject;
  /** Raw 32-byte public key. */
  readonly publicKey: Uint8Array;
  readonly fingerprint: string;

  private constructor(key: KeyObject, publicKey: Uint8Array) {
    this.#key = key;
    this.publicKey = publicKey;
    this.fingerprint = fingerprintOf(publicKey);
  }

  /**
   * Loads a private key text (see `decodePrivateKey` for its forms).
   *
   * @param expectedFingerprint the fingerprint that was stored with the key, if any; padding is ignored
   * @throws SigningKeyError if the text is no key, its two halves disagree, or the fingerprint is another key's
   */
  static load(text: string, expectedFingerprint?: string): SigningKey {
    const decoded = decodePrivateKey(text);
    const key = createPrivateKey({
      key: Buffer.concat([pkcs8Prefix, decoded.seed]),
      format: 'der',
      type: 'pkcs8',
    });
    const publicKey = rawPublicKey(key);
    checkStatedPublicKey(decoded, publicKey);
    const signingKey = new SigningKey(key, new Uint8Array(publicKey));
    if (
      expectedFingerprint !== undefined &&
      normalizeFingerprint(expectedFingerprint) !== signingKey.fingerprint
    ) {
      throw new SigningKeyError(
        'fingerprint-mismatch',
        // Neither fingerprint is told: the expected one may be the private key, pasted into the wrong field.
        'The private key does not belong to the fingerprint that was stored with it.',
      );
    }
    return signingKey;
  }

  /** Pure Ed25519 signature (64 bytes) over exactly these bytes. */
  sign(message: Uint8Array): Buffer {
    return sign(null, message, this.#key);
  }

  toString(): string {
    return '[signing key]';
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}
