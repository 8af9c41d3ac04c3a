import { keyStages } from '../configuration/key-stages.ts';
import type { SigningKey } from '../signing/signing-key.ts';
import type { Clock } from '../time/clock.ts';
import { type KeySecret, loadSigningKey, type StoredKey } from './load-signing-key.ts';

/** What reading the key needs. */
export interface SigningKeySourceTools extends KeySecret {
  readonly clock: Pick<Clock, 'now'>;
}

/** Where the signing key comes from. */
export interface SigningKeySource {
  /** @throws SigningKeyUnavailableError */
  (): Promise<SigningKey>;
  /** The exchange has refused the key: it may have been changed, so that the next call reads the secret anew. */
  readonly forget: () => void;
  /** When the key that was read last was put into the secret, ms since the epoch; undefined until then. */
  readonly storedAt: () => number | undefined;
}

/** A key that was changed, and is still taken, is picked up after this long. */
const cacheMs = 300_000;

/** Reads the current key from Secrets Manager and keeps it in memory for five minutes. A failure is not remembered. */
export function createSigningKeySource(tools: SigningKeySourceTools): SigningKeySource {
  let cached: { readonly stored: Promise<StoredKey>; readonly until: number } | undefined;
  let lastStoredAt: number | undefined;
  const read = async (): Promise<SigningKey> => {
    const now = tools.clock.now();
    if (cached === undefined || now >= cached.until) {
      cached = { stored: loadSigningKey(tools, keyStages.current), until: now + cacheMs };
    }
    const { stored } = cached;
    try {
      const { key, storedAt } = await stored;
      lastStoredAt = storedAt;
      return key;
    } catch (error) {
      if (cached?.stored === stored) cached = undefined;
      throw error;
    }
  };
  const forget = (): void => {
    cached = undefined;
  };
  return Object.assign(read, { forget, storedAt: () => lastStoredAt });
}
