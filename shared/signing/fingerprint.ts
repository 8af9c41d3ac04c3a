import { createHash } from 'node:crypto';

/**
 * The name under which the exchange knows a public key: base64 of the SHA-256 of the raw 32 bytes, without
 * padding (43 characters, standard alphabet).
 */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '');
}

/** Brings a fingerprint that a person typed or pasted into the form that the exchange compares. */
export function normalizeFingerprint(text: string): string {
  return text.trim().replace(/=+$/, '');
}
