import { readFile } from 'node:fs/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { keyStages } from '../../shared/configuration/key-stages.ts';
import { loadSigningKey } from '../../shared/secrets/load-signing-key.ts';
import { SigningKey } from '../../shared/signing/signing-key.ts';
import { personalCredentials } from '../terminal/personal-credentials.ts';

/** Loads the key from where it was said to be. What fails says nothing of the key. */
export async function loadKey(secret: string | undefined, keyFile: string | undefined): Promise<SigningKey> {
  if (secret === undefined) return SigningKey.load(await readFile(keyFile ?? '', 'utf8'));
  const client = new SecretsManagerClient({ credentials: await personalCredentials() });
  try {
    return (await loadSigningKey({ client, secretArn: secret }, keyStages.current)).key;
  } finally {
    client.destroy();
  }
}
