import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SigningKeyError } from '../signing/key-encoding.ts';
import { SigningKey } from '../signing/signing-key.ts';
import type { Clock } from '../time/clock.ts';

/** There is no usable signing key. Says what to do, and nothing of the secret. */
export class SigningKeyUnavailableError extends Error {
  /** `secret-not-readable`, `secret-empty`, `secret-not-understood`, or the code of a `SigningKeyError`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SigningKeyUnavailableError';
    this.code = code;
  }
}

/** What reading the key needs. */
export interface SigningKeySourceTools {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly secretArn: string;
  /** Refuse any other key than this one. */
  readonly expectedFingerprint: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** Where the signing key comes from. */
export interface SigningKeySource {
  /** @throws SigningKeyUnavailableError */
  (): Promise<SigningKey>;
  /** The exchange has refused the key: it may have been changed, so that the next call reads the secret anew. */
  readonly forget: () => void;
}

/** A key that was changed, and is still taken, is picked up after this long. */
const cacheMs = 300_000;

/**
 * Reads the signing key from Secrets Manager and keeps it in memory for five minutes. The secret holds the private
 * key as plain text, or as JSON `{"privateKey": "…", "fingerprint": "…"}`. A failure is not remembered.
 */
export function createSigningKeySource(tools: SigningKeySourceTools): SigningKeySource {
  let cached: { readonly key: Promise<SigningKey>; readonly until: number } | undefined;
  const read = async (): Promise<SigningKey> => {
    const now = tools.clock.now();
    if (cached === undefined || now >= cached.until) cached = { key: loadKey(tools), until: now + cacheMs };
    const { key } = cached;
    try {
      return await key;
    } catch (error) {
      if (cached?.key === key) cached = undefined;
      throw error;
    }
  };
  const forget = (): void => {
    cached = undefined;
  };
  return Object.assign(read, { forget });
}

async function loadKey(tools: SigningKeySourceTools): Promise<SigningKey> {
  const { privateKey, fingerprint } = parseSecret(await readSecret(tools));
  try {
    return SigningKey.load(privateKey, tools.expectedFingerprint ?? fingerprint);
  } catch (error) {
    if (error instanceof SigningKeyError) throw new SigningKeyUnavailableError(error.code, error.message);
    throw error;
  }
}

async function readSecret(tools: SigningKeySourceTools): Promise<string> {
  // Said although it is the default: the right to read is bound to it.
  const command = new GetSecretValueCommand({ SecretId: tools.secretArn, VersionStage: 'AWSCURRENT' });
  const answer = await tools.client.send(command).catch((error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    // A secret without a value answers like one that does not exist.
    const code = name === 'ResourceNotFoundException' ? 'secret-empty' : 'secret-not-readable';
    throw new SigningKeyUnavailableError(code, `The secret with the signing key cannot be read (${name}).`);
  });
  const text = answer.SecretString?.trim() ?? '';
  if (text === '') {
    throw new SigningKeyUnavailableError(
      'secret-empty',
      'The secret with the signing key holds no text. Store the key.',
    );
  }
  return text;
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
