import nacl from 'tweetnacl';
import { fingerprintOf } from './fingerprint.ts';
import { checkStatedPublicKey, decodePrivateKey } from './key-encoding.ts';

/**
 * Key pairs made, derived and checked with tweetnacl, independently of the `node:crypto` signer. For tools and
 * tests: no function that runs in AWS needs it.
 */
export interface KeyPair {
  /** Base64 of the 32-byte seed: the form the exchange's own scripts use. Secret. */
  readonly privateKey: string;
  /** Base64 of the 32-byte public key, as registered at the exchange. */
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Makes a new key pair from the system's random source. */
export function generateKeyPair(): KeyPair {
  return keyPairOfSeed(nacl.randomBytes(nacl.sign.seedLength));
}

/**
 * Derives the key pair of a private key text.
 *
 * @throws SigningKeyError if the text is no key or its two halves disagree
 */
export function deriveKeyPair(privateKeyText: string): KeyPair {
  const decoded = decodePrivateKey(privateKeyText);
  const pair = keyPairOfSeed(decoded.seed);
  checkStatedPublicKey(decoded, Buffer.from(pair.publicKey, 'base64'));
  return pair;
}

/** Whether this is the signature of the key's owner over exactly these bytes. */
export function verifySignature(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  return (
    signature.length === nacl.sign.signatureLength &&
    publicKey.length === nacl.sign.publicKeyLength &&
    nacl.sign.detached.verify(message, signature, publicKey)
  );
}

function keyPairOfSeed(seed: Uint8Array): KeyPair {
  const { publicKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(seed));
  return {
    privateKey: Buffer.from(seed).toString('base64'),
    publicKey: Buffer.from(publicKey).toString('base64'),
    fingerprint: fingerprintOf(publicKey),
  };
}
