import type { CheckKey } from '../keys/key-check.ts';
import { ExchangeReadError } from './read-error.ts';
import { read, type SignedRequestTools } from './signed-requests.ts';

/** Asks the exchange by reading an account with the key. */
export function createKeyCheck(tools: Omit<SignedRequestTools, 'signingKey' | 'onKeyRefused'>): CheckKey {
  return async (key) => {
    const signedByKey = { ...tools, signingKey: async () => key, onKeyRefused: () => undefined };
    try {
      await read(signedByKey, 'consumption-accounts');
      return { kind: 'accepted' };
    } catch (error) {
      if (!(error instanceof ExchangeReadError)) throw error;
      if (error.kind === 'unauthorized') return { kind: 'refused' };
      return { kind: 'unclear', reason: `${error.kind}, ${error.status ?? 'no answer'}, ${error.code}` };
    }
  };
}
