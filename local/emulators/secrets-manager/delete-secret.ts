import * as v from 'valibot';
import { invalidParameter } from './failure.ts';
import { findLiveSecret, findSecret, withSecret } from './find-secret.ts';
import { type Operation, wireTime } from './operation.ts';
import { parseInput, secretId } from './parse-input.ts';

const schema = v.object({
  SecretId: secretId,
  RecoveryWindowInDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(7), v.maxValue(30))),
  ForceDeleteWithoutRecovery: v.optional(v.boolean(), false),
});

const dayMs = 24 * 60 * 60 * 1000;

/** DeleteSecret: marks for deletion, or deletes at once when forced. A marked secret is never swept here. */
export const deleteSecret: Operation = (secrets, rawInput, context) => {
  const input = parseInput(schema, rawInput);
  if (input.ForceDeleteWithoutRecovery && input.RecoveryWindowInDays !== undefined) {
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  const now = context.now();
  if (input.ForceDeleteWithoutRecovery) {
    const secret = findSecret(secrets, input.SecretId);
    return {
      output: { ARN: secret.arn, Name: secret.name, DeletionDate: wireTime(now) },
      secrets: secrets.filter(({ arn }) => arn !== secret.arn),
    };
  }
  const secret = findLiveSecret(secrets, input.SecretId);
  const deletionAt = now + (input.RecoveryWindowInDays ?? 30) * dayMs;
  return {
    output: { ARN: secret.arn, Name: secret.name, DeletionDate: wireTime(deletionAt) },
    secrets: withSecret(secrets, { ...secret, deletionAt }),
  };
};
