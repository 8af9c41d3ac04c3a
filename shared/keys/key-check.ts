import type { SigningKey } from '../signing/signing-key.ts';

/** What the exchange makes of a key. */
export type KeyVerdict =
  | { readonly kind: 'accepted' }
  /** 401: not registered, or revoked. */
  | { readonly kind: 'refused' }
  /** No answer that says either. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** Asks the exchange by a signed read, which moves nothing. */
export type CheckKey = (key: SigningKey) => Promise<KeyVerdict>;
