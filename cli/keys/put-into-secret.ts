import { storeKey } from '../../local/keys/store-key.ts';
import { keyStages } from '../../shared/configuration/key-stages.ts';
import type { KeyPair } from '../../shared/signing/key-pair.ts';
import { fields } from '../output/text.ts';
import type { Answer } from '../session.ts';
import type { Target } from '../target/target.ts';
import { withKeys } from './key-failure.ts';

/** What a person has to do at the exchange. */
export const register =
  'register the public key at app.thegrid.ai, Profile > API Keys, and compare the fingerprint';

/** Stores a key: the first of a secret is current at once, every later one is pending. */
export async function putIntoSecret(target: Target, keyPair: KeyPair, replace: boolean): Promise<Answer> {
  const secret = await target.secret();
  const { stage, publicFile } = await withKeys('The secret cannot be used', () =>
    storeKey(keyPair, { ...secret, replace }),
  );
  const isCurrent = stage === keyStages.current;
  const { publicKey } = keyPair;
  return {
    data: { publicKey, fingerprintFile: publicFile, label: isCurrent ? 'current' : 'pending' },
    text: ({ columns, paint }) =>
      fields(
        [
          ['Public key', publicKey],
          ['Fingerprint', `in ${publicFile}, readable by you only`],
          [
            'Private key',
            `in the secret of ${target.description}, as the ${isCurrent ? 'current' : 'pending'} key`,
          ],
          ['Next', `${register}; then ${isCurrent ? 'grid-buyer keys test' : 'grid-buyer keys promote'}`],
        ],
        columns,
        paint.dim,
      ),
  };
}
