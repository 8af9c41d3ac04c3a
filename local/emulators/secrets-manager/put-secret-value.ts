import * as v from 'valibot';
import { invalidRequest } from './failure.ts';
import { findLiveSecret, withSecret } from './find-secret.ts';
import { hasValue, newVersion, servedBefore } from './new-version.ts';
import type { Operation } from './operation.ts';
import { parseInput, secretId, valueEntries } from './parse-input.ts';
import type { Secret, SecretVersion } from './secret.ts';
import { moveStage } from './stages.ts';

const schema = v.object({
  ...valueEntries,
  SecretId: secretId,
  VersionStages: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(20)), ['AWSCURRENT']),
});

/** PutSecretValue: a new version, which gets the stages that are asked for. */
export const putSecretValue: Operation = (secrets, rawInput, context) => {
  const input = parseInput(schema, rawInput);
  const secret = findLiveSecret(secrets, input.SecretId);
  if (!hasValue(input)) throw invalidRequest('You must provide either SecretString or SecretBinary.');
  const now = context.now();
  const version = newVersion(input, now);
  const known = servedBefore(secret, version);
  if (known !== undefined) return { output: answer(secret, known) };
  const isFirst = secret.versions.length === 0;
  const stages = isFirst ? new Set([...input.VersionStages, 'AWSCURRENT']) : new Set(input.VersionStages);
  const versions = [...stages].reduce<SecretVersion[]>(
    (list, stage) => moveStage(list, stage, version.id),
    [...secret.versions, version],
  );
  const changed: Secret = { ...secret, versions, changedAt: now };
  const stored = versions.find(({ id }) => id === version.id) ?? version;
  return { output: answer(secret, stored), secrets: withSecret(secrets, changed) };
};

function answer(secret: Secret, version: SecretVersion): Record<string, unknown> {
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
}
