import * as v from 'valibot';
import { findLiveSecret, findVersion } from './find-secret.ts';
import { type Operation, wireTime } from './operation.ts';
import { parseInput, secretId } from './parse-input.ts';

const schema = v.object({
  SecretId: secretId,
  VersionId: v.optional(v.string()),
  VersionStage: v.optional(v.string()),
});

/** GetSecretValue. */
export const getSecretValue: Operation = (secrets, rawInput) => {
  const input = parseInput(schema, rawInput);
  const secret = findLiveSecret(secrets, input.SecretId);
  const version = findVersion(secret, input.VersionId, input.VersionStage);
  return {
    output: {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: version.stages,
      CreatedDate: wireTime(version.createdAt),
      ...(version.text === undefined ? {} : { SecretString: version.text }),
      ...(version.binary === undefined ? {} : { SecretBinary: version.binary }),
    },
  };
};
