import * as v from 'valibot';
import { invalidParameter, notFound } from './failure.ts';
import { findLiveSecret, withSecret } from './find-secret.ts';
import type { Operation } from './operation.ts';
import { parseInput, secretId } from './parse-input.ts';
import type { Secret } from './secret.ts';
import { moveStage } from './stages.ts';

const schema = v.object({
  SecretId: secretId,
  VersionStage: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  RemoveFromVersionId: v.optional(v.string()),
  MoveToVersionId: v.optional(v.string()),
});

type Input = v.InferOutput<typeof schema>;

/** UpdateSecretVersionStage: attach, move or remove a staging label. */
export const updateSecretVersionStage: Operation = (secrets, rawInput, context) => {
  const input = parseInput(schema, rawInput);
  const secret = findLiveSecret(secrets, input.SecretId);
  requireVersion(secret, input.MoveToVersionId);
  requireVersion(secret, input.RemoveFromVersionId);
  requireHolderNamed(secret, input);
  if (input.VersionStage === 'AWSCURRENT' && input.MoveToVersionId === undefined) {
    throw invalidParameter(
      "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.",
    );
  }
  const versions = moveStage(secret.versions, input.VersionStage, input.MoveToVersionId);
  return {
    output: { ARN: secret.arn, Name: secret.name },
    secrets: withSecret(secrets, { ...secret, versions, changedAt: context.now() }),
  };
};

function requireVersion(secret: Secret, id: string | undefined): void {
  if (id !== undefined && !secret.versions.some((version) => version.id === id)) {
    throw notFound(`the specified secret version: ${id}`);
  }
}

/** Whoever takes a label away must name the version that has it, or two callers overwrite each other. */
function requireHolderNamed(secret: Secret, input: Input): void {
  const holder = secret.versions.find(({ stages }) => stages.includes(input.VersionStage));
  const stays = holder === undefined || holder.id === input.MoveToVersionId;
  const named = input.RemoveFromVersionId;
  if (stays && named === undefined) return;
  if (holder !== undefined && holder.id === named) return;
  throw invalidParameter(
    holder === undefined
      ? `Staging label ${input.VersionStage} is not attached to version ${named}.`
      : `Staging label ${input.VersionStage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
  );
}
