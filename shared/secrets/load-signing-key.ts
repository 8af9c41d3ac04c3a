import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { KeyStage } from '../configuration/key-stages.ts';
import { SigningKeyError } from '../signing/key-encoding.ts';
import { SigningKey } from '../signing/signing-key.ts';
import { SigningKeyUnavailableError } from './signing-key-unavailable-error.ts';

/** Where a key is read from. */
export interface KeySecret {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
}

/** A key with what Secrets Manager says about its version. */
export interface StoredKey {
  readonly key: SigningKey;
  readonly versionId: string;
  /** When it was put into the secret, ms since the epoch; undefined if the service does not say. */
  readonly storedAt: number | undefined;
}

/**
 * Reads the key of a label. A version holds the private key as plain text, or as JSON
 * `{"privateKey": "…", "fingerprint": "…"}`; then the key must be the one of the fingerprint.
 *
 * @throws SigningKeyUnavailableError
 */
export async function loadSigningKey(secret: KeySecret, stage: KeyStage): Promise<StoredKey> {
  const answer = await readVersion(secret, stage);
  const { privateKey, fingerprint } = parseSecret(textOf(answer));
  try {
    return {
      key: SigningKey.load(privateKey, fingerprint),
      versionId: answer.VersionId ?? '',
      storedAt: answer.CreatedDate?.getTime(),
    };
  } catch (error) {
    if (error instanceof SigningKeyError) throw new SigningKeyUnavailableError(error.code, error.message);
    throw error;
  }
}

/** The label is always named: the grants of the functions go by it. */
async function readVersion(
  { client, secretArn }: KeySecret,
  stage: KeyStage,
): Promise<GetSecretValueCommandOutput> {
  try {
    return await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    // A secret without a value answers like one that does not exist.
    const code = name === 'ResourceNotFoundException' ? 'secret-empty' : 'secret-not-readable';
    throw new SigningKeyUnavailableError(code, `The secret with the signing key cannot be read (${name}).`);
  }
}

function textOf(answer: GetSecretValueCommandOutput): string {
  const text = answer.SecretString?.trim() ?? '';
  if (text !== '') return text;
  throw new SigningKeyUnavailableError(
    'secret-empty',
    'The secret with the signing key holds no text. Store the key.',
  );
}

function parseSecret(text: string): { privateKey: string; fingerprint: string | undefined } {
  if (!text.startsWith('{')) return { privateKey: text, fingerprint: undefined };
  const json = parseObject(text);
  const privateKey = json?.['privateKey'];
  const fingerprint = json?.['fingerprint'];
  if (typeof privateKey !== 'string' || (fingerprint !== undefined && typeof fingerprint !== 'string')) {
    throw new SigningKeyUnavailableError(
      'secret-not-understood',
      'The secret must be the private key, or JSON with "privateKey" and perhaps "fingerprint", both text.',
    );
  }
  return { privateKey, fingerprint };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
