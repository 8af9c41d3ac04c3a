import * as v from 'valibot';
import type { StackIdentity } from '../../runner/template/identity.ts';
import { arnOf } from '../../runner/template/identity.ts';
import type { Wanted, WantedOf } from './wanted.ts';

/** A secret of the template. */
export interface KnownSecret {
  readonly arn: string;
  readonly name: string;
  /** Undefined: encrypted with AWS's own key, which needs no grant. */
  readonly kmsKeyId: string | undefined;
}

/** What there is in Secrets Manager. */
export interface SecretsOfStack {
  readonly identity: StackIdentity;
  readonly secrets: readonly KnownSecret[];
}

const inputSchema = v.object({
  SecretId: v.string(),
  VersionId: v.optional(v.string()),
  VersionStage: v.optional(v.string()),
});

/** Operations on one secret, and what they do with its key. */
const keyActions: ReadonlyMap<string, readonly string[]> = new Map([
  ['GetSecretValue', ['kms:Decrypt']],
  ['PutSecretValue', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['DescribeSecret', []],
  ['UpdateSecretVersionStage', []],
  ['DeleteSecret', []],
]);

/**
 * What a request to Secrets Manager wants to do. The condition keys on versions are there only if the request names a
 * version: one that just takes the current version has none. A secret that is not of the template, or an operation
 * that is not known here: not understood.
 */
export const wantedOfSecrets: WantedOf<SecretsOfStack> = (operation, input, { identity, secrets }) => {
  const onKey = keyActions.get(operation);
  const parsed = v.safeParse(inputSchema, input);
  if (onKey === undefined || !parsed.success) return undefined;
  const { SecretId, VersionId, VersionStage } = parsed.output;
  const secret = secrets.find(({ arn, name }) =>
    [arn, name, arn.replace(/-[^-]{6}$/, '')].includes(SecretId),
  );
  if (secret === undefined) return undefined;
  const context = {
    'secretsmanager:SecretId': [SecretId],
    ...(VersionId === undefined ? {} : { 'secretsmanager:VersionId': [VersionId] }),
    ...(VersionStage === undefined ? {} : { 'secretsmanager:VersionStage': [VersionStage] }),
  };
  const onSecret = { action: `secretsmanager:${operation}`, resource: secret.arn, context };
  return [onSecret, ...keyUses(secret, onKey, identity)];
};

/** Secrets Manager uses the secret's key in the name of the caller. */
function keyUses(secret: KnownSecret, actions: readonly string[], identity: StackIdentity): Wanted[] {
  const { arn, kmsKeyId } = secret;
  if (kmsKeyId === undefined || kmsKeyId === 'alias/aws/secretsmanager') return [];
  const resource = kmsKeyId.startsWith('arn:') ? kmsKeyId : arnOf(identity, 'kms', `key/${kmsKeyId}`);
  const context = {
    'kms:ViaService': [`secretsmanager.${identity.region}.amazonaws.com`],
    'kms:EncryptionContext:SecretARN': [arn],
  };
  return actions.map((action) => ({ action, resource, context }));
}
