import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as v from 'valibot';
import { fingerprintOf } from '../../shared/signing/fingerprint.ts';
import { writePublicHalves } from './key-file.ts';
import { KeyToolError } from './key-tool-error.ts';

const shownKey = v.object({
  label: v.string(),
  versionId: v.string(),
  publicKey: v.string(),
  ageDays: v.optional(v.number()),
  exchange: v.string(),
});

const account = v.object({
  reads: v.string(),
  reason: v.nullable(v.string()),
  mode: v.string(),
  markets: v.array(v.object({ instrument: v.string(), state: v.string() })),
  currency: v.array(v.object({ currency: v.string(), available: v.string() })),
  clockOffsetMs: v.nullable(v.number()),
});

const answerSchema = v.object({
  ok: v.boolean(),
  code: v.string(),
  message: v.string(),
  keys: v.optional(v.array(shownKey), []),
  account: v.exactOptional(account),
});

/** What the function answers. */
export type FunctionAnswer = v.InferOutput<typeof answerSchema>;

/** The function that alone may read the keys. */
export interface KeyFunction {
  readonly client: LambdaClient;
  readonly functionName: string;
}

/** What came of an action, to be told: a line for the whole of it and one for each key. */
export async function describeAnswer({ code, message, keys }: FunctionAnswer): Promise<string> {
  const lines = [`${code}: ${message}`, ...keys.map(describeKey)];
  if (keys.length > 0) lines.push(`Fingerprints: ${await writeFingerprints(keys)}, readable by you only.`);
  return lines.join('\n');
}

/**
 * Has the function do it.
 *
 * @throws KeyToolError if the function cannot be asked
 */
export async function askFunction(
  { client, functionName }: KeyFunction,
  action: 'promote' | 'finish' | 'show' | 'examine',
): Promise<FunctionAnswer> {
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify({ action }) }),
    );
    const parsed = v.safeParse(answerSchema, parse(Payload?.transformToString() ?? ''));
    if (FunctionError === undefined && parsed.success) return parsed.output;
    throw new KeyToolError(
      1,
      'The function failed. Its log says why; nothing was changed that it did not log.',
    );
  } catch (error) {
    if (error instanceof KeyToolError) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    throw new KeyToolError(
      1,
      `The function cannot be asked (${name}). Check its name, the region and your credentials.`,
    );
  }
}

function describeKey({ label, publicKey, versionId, ageDays, exchange }: v.InferOutput<typeof shownKey>) {
  const age = ageDays === undefined ? '' : `, ${ageDays} days old`;
  return `${label.padEnd(9)} ${publicKey}  the exchange ${exchange} (version ${versionId}${age})`;
}

export function writeFingerprints(keys: FunctionAnswer['keys']): Promise<string> {
  return writePublicHalves(
    'signing-keys.public.txt',
    keys.map(({ label, versionId, publicKey }) => ({
      name: `${label}, version ${versionId}`,
      publicKey,
      fingerprint: fingerprintOf(Buffer.from(publicKey, 'base64')),
    })),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
