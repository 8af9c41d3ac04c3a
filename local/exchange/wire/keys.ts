import { createHash } from 'node:crypto';

/** A trading key as the exchange knows it: never the private part. */
export interface RegisteredKey {
  readonly fingerprint: string;
  readonly publicKey: Uint8Array;
  readonly revoked: boolean;
}

/** base64 of SHA-256 over the raw 32-byte public key, without padding. */
function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '');
}

/** Reads strict standard base64, padding included. Undefined for anything that is not its own canonical form. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined;
}

/** Reads a public key as the dashboard takes it: base64 of 32 bytes. */
export function decodePublicKey(text: string): Uint8Array | undefined {
  const bytes = decodeBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
}

/** The account's trading keys. Several may be active at once, which is how a key is rotated. */
export class KeyRegistry {
  readonly #keys = new Map<string, RegisteredKey>();

  /** Registers a key and returns its fingerprint. A revoked key that is registered again is active again. */
  register(publicKey: Uint8Array): string {
    const fingerprint = fingerprintOf(publicKey);
    this.#keys.set(fingerprint, { fingerprint, publicKey, revoked: false });
    return fingerprint;
  }

  /** Revokes a key for good. Returns false when it is not known. */
  revoke(fingerprint: string): boolean {
    const key = this.#keys.get(fingerprint);
    if (key === undefined) return false;
    this.#keys.set(fingerprint, { ...key, revoked: true });
    return true;
  }

  /** Whether a key was ever registered, be it revoked since. */
  knows(publicKey: Uint8Array): boolean {
    return this.#keys.has(fingerprintOf(publicKey));
  }

  find(fingerprint: string): RegisteredKey | undefined {
    return this.#keys.get(fingerprint);
  }

  all(): readonly RegisteredKey[] {
    return [...this.#keys.values()];
  }
}
