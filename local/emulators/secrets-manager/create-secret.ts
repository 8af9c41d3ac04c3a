import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { alreadyExists, invalidRequest } from './failure.ts';
import { hasValue, newVersion, servedBefore } from './new-version.ts';
import type { Operation, OperationContext, OperationResult } from './operation.ts';
import { parseInput, valueEntries } from './parse-input.ts';
import type { Secret, SecretVersion } from './secret.ts';

const schema = v.object({
  ...valueEntries,
  Name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/)),
  Description: v.optional(v.pipe(v.string(), v.maxLength(2048))),
});

/** CreateSecret: with a value, or without one as CloudFormation may do. */
export const createSecret: Operation = (secrets, rawInput, context) => {
  const input = parseInput(schema, rawInput);
  const now = context.now();
  const version = hasValue(input) ? { ...newVersion(input, now), stages: ['AWSCURRENT'] } : undefined;
  const existing = secrets.find(({ name }) => name === input.Name);
  if (existing !== undefined) return repeated(existing, version);
  const secret: Secret = {
    arn: newArn(input.Name, context),
    name: input.Name,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    createdAt: now,
    changedAt: now,
    versions: version === undefined ? [] : [version],
  };
  return { output: answer(secret, version), secrets: [...secrets, secret] };
};

function repeated(existing: Secret, version: SecretVersion | undefined): OperationResult {
  if (existing.deletionAt !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const known = version === undefined ? undefined : servedBefore(existing, version);
  if (known !== undefined) return { output: answer(existing, known) };
  throw alreadyExists(`The operation failed because the secret ${existing.name} already exists.`);
}

function answer(secret: Secret, version: SecretVersion | undefined): Record<string, unknown> {
  return { ARN: secret.arn, Name: secret.name, ...(version === undefined ? {} : { VersionId: version.id }) };
}

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The service ends every ARN in six random characters, so that a new secret is not taken for an old one. */
function newArn(name: string, { region, accountId }: OperationContext): string {
  const suffix = [...randomBytes(6)]
    .map((byte) => suffixAlphabet.charAt(byte % suffixAlphabet.length))
    .join('');
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
}
