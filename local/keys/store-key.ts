import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type KeyStage, keyStages } from '../../shared/configuration/key-stages.ts';
import type { Labels } from '../../shared/keys/key-vault.ts';
import { createKeyVault } from '../../shared/secrets/key-vault.ts';
import type { KeyPair } from '../../shared/signing/key-pair.ts';
import { writePublicHalves } from './key-file.ts';
import { KeyToolError } from './key-tool-error.ts';

/** A key that has been put into the secret. */
export interface StoredKey {
  readonly stage: KeyStage;
  /** The file with public key and fingerprint. */
  readonly publicFile: string;
}

export interface StoreOptions {
  readonly client: SecretsManagerClient;
  readonly secret: string;
  /** Whether to give up a rotation that is under way. */
  readonly replace: boolean;
}

/**
 * Puts a key into the secret: current if it is the first, pending otherwise. Nothing that signs changes until a pending
 * key is promoted.
 *
 * @throws KeyToolError
 */
export async function storeKey(keyPair: KeyPair, options: StoreOptions): Promise<StoredKey> {
  const { client, secret, replace } = options;
  const labels = await createKeyVault({ client, secretArn: secret }).labels();
  if (!replace) refuseToReplace(labels);
  const stage = labels.current === undefined ? keyStages.current : keyStages.pending;
  const versionId = randomUUID();
  // First the public half: a key in the secret whose public half is lost cannot be registered.
  const publicFile = await writePublicHalves(`signing-key-${versionId.slice(0, 8)}.public.txt`, [
    { ...keyPair, name: `version ${versionId}` },
  ]);
  await put(client, { secret, keyPair, stage, versionId }).catch(async (error: unknown) => {
    await rm(publicFile);
    throw error;
  });
  return { stage, publicFile };
}

interface NewVersion {
  readonly secret: string;
  readonly keyPair: KeyPair;
  readonly stage: KeyStage;
  readonly versionId: string;
}

async function put(client: SecretsManagerClient, version: NewVersion): Promise<void> {
  const { privateKey, fingerprint } = version.keyPair;
  await client.send(
    new PutSecretValueCommand({
      SecretId: version.secret,
      SecretString: JSON.stringify({ privateKey, fingerprint }),
      VersionStages: [version.stage],
      ClientRequestToken: version.versionId,
    }),
  );
}

/** A key that may be registered by now, or that is still to be revoked, must not be forgotten by mistake. */
function refuseToReplace({ current, pending, previous }: Labels): void {
  if (pending !== undefined && pending !== current) {
    throw new KeyToolError(
      1,
      `There is a pending key already (version ${pending}). Promote it, or give it up with --replace.`,
    );
  }
  if (previous !== undefined) {
    throw new KeyToolError(
      1,
      'The last rotation is not finished: revoke the old key at the exchange and finish it, or say --replace.',
    );
  }
}
