import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { generateKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { KeyToolError } from './key-tool-error.ts';

/** Where a new private key shall go. */
export type KeyDestination =
  | { readonly kind: 'file'; readonly path: string }
  /** Name or ARN of a secret without a value. */
  | { readonly kind: 'secret'; readonly secretId: string }
  | { readonly kind: 'terminal' };

export interface StoredKey {
  readonly keyPair: KeyPair;
  /** What to tell about the private key. Holds the key itself only for the terminal. */
  readonly place: string;
}

/**
 * Makes a key pair and puts the private key where it was wanted, never over another one.
 *
 * @throws KeyToolError if there is something already, or it cannot be written there
 */
export async function storeNewKey(destination: KeyDestination): Promise<StoredKey> {
  const keyPair = generateKeyPair();
  switch (destination.kind) {
    case 'terminal':
      return { keyPair, place: keyPair.privateKey };
    case 'file':
      return { keyPair, place: await writeKeyFile(destination.path, keyPair.privateKey) };
    case 'secret':
      return { keyPair, place: await fillSecret(destination.secretId, keyPair) };
  }
}

async function writeKeyFile(path: string, privateKey: string): Promise<string> {
  try {
    await writeFile(path, `${privateKey}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new KeyToolError(1, fileProblem(path, code));
  }
  return `in ${resolve(path)}, readable by you only. Move it into the secret and delete the file.`;
}

function fileProblem(path: string, code: string): string {
  if (code === 'EEXIST') return `${path} exists already and was left as it is. Choose another with --file.`;
  return `${path} cannot be written (${code}). Choose another place with --file.`;
}

async function fillSecret(secretId: string, keyPair: KeyPair): Promise<string> {
  const client = new SecretsManagerClient({});
  try {
    const { VersionIdsToStages: versions = {} } = await client.send(
      new DescribeSecretCommand({ SecretId: secretId }),
    );
    if (Object.values(versions).some((stages) => stages.includes('AWSCURRENT'))) {
      throw new KeyToolError(1, 'The secret holds a key already and was left as it is.');
    }
    const SecretString = JSON.stringify({ privateKey: keyPair.privateKey, fingerprint: keyPair.fingerprint });
    await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
  } catch (error) {
    if (error instanceof KeyToolError) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    throw new KeyToolError(
      1,
      `The secret cannot be filled (${name}). Check the ARN, the region and your credentials.`,
    );
  }
  return `in the secret ${secretId}, and nowhere else.`;
}
