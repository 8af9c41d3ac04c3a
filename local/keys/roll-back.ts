import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createKeyVault } from '../../shared/secrets/key-vault.ts';
import { KeyToolError } from './key-tool-error.ts';

/** Asks a person whether to go on; true for yes. */
export type Confirm = (question: string) => Promise<boolean>;

/**
 * Makes the previous key current again.
 *
 * @returns what was done, in a sentence
 * @throws KeyToolError if there is no way back, or the person does not want it
 */
export async function rollBack(
  client: SecretsManagerClient,
  secret: string,
  confirm: Confirm,
): Promise<string> {
  const vault = createKeyVault({ client, secretArn: secret });
  const { current, previous } = await vault.labels();
  if (current === undefined || previous === undefined) {
    throw new KeyToolError(1, 'There is no previous key to go back to. Nothing was changed.');
  }
  const step = `from version ${current} back to version ${previous}`;
  const question = `AWSCURRENT goes ${step}. Orders need the old key to be registered at the exchange still.`;
  if (!(await confirm(question))) throw new KeyToolError(1, 'Nothing was changed.');
  await vault.moveCurrent(current, previous);
  return `AWSCURRENT went ${step}. Functions use the old key within five minutes.`;
}
