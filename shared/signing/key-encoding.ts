/** Why a private key was refused. The message never holds any part of the key. */
export class SigningKeyError extends Error {
  readonly code: 'key-not-base64' | 'key-wrong-length' | 'key-halves-disagree' | 'fingerprint-mismatch';

  constructor(code: SigningKeyError['code'], message: string) {
    super(message);
    this.name = 'SigningKeyError';
    this.code = code;
  }
}

const seedLength = 32;
const seedAndPublicKeyLength = 64;
const base64Text = /^[A-Za-z0-9+/]+={0,2}$/;

/** The raw parts of a private key text: the 32-byte seed and, if it was given, the public key behind it. */
export interface DecodedPrivateKey {
  readonly seed: Uint8Array;
  readonly statedPublicKey: Uint8Array | undefined;
}

/**
 * Reads a private key as people store it: base64 or base64url of 32 bytes (the seed) or of 64 bytes (the seed
 * followed by the public key), with or without padding, white space anywhere.
 *
 * @throws SigningKeyError `key-not-base64` or `key-wrong-length`
 */
export function decodePrivateKey(text: string): DecodedPrivateKey {
  const compact = text.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Buffer.from(compact, 'base64');
  const isCanonical = bytes.toString('base64').replace(/=+$/, '') === compact.replace(/=+$/, '');
  // The dashes of a PEM file would pass for base64url.
  if (!base64Text.test(compact) || !isCanonical || text.includes('-----BEGIN')) {
    throw new SigningKeyError(
      'key-not-base64',
      'The private key is not base64. Store the raw Ed25519 key as base64 or base64url, not PEM or hex.',
    );
  }
  if (bytes.length !== seedLength && bytes.length !== seedAndPublicKeyLength) {
    throw new SigningKeyError(
      'key-wrong-length',
      `The private key has ${bytes.length} bytes. An Ed25519 key has 32 (the seed) or 64 (the seed and the public key).`,
    );
  }
  return {
    seed: bytes.subarray(0, seedLength),
    statedPublicKey: bytes.length === seedAndPublicKeyLength ? bytes.subarray(seedLength) : undefined,
  };
}

/**
 * Checks a derived public key against the one that was stored behind the seed.
 *
 * @throws SigningKeyError `key-halves-disagree`
 */
export function checkStatedPublicKey(decoded: DecodedPrivateKey, derivedPublicKey: Uint8Array): void {
  const { statedPublicKey } = decoded;
  if (statedPublicKey !== undefined && Buffer.compare(statedPublicKey, derivedPublicKey) !== 0) {
    throw new SigningKeyError(
      'key-halves-disagree',
      'The private key has 64 bytes, but the last 32 are not the public key of the first 32. Two keys were mixed up.',
    );
  }
}
