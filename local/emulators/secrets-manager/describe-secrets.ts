import * as v from 'valibot';
import { invalidParameter } from './failure.ts';
import { findSecret } from './find-secret.ts';
import { type Operation, wireTime } from './operation.ts';
import { parseInput, secretId } from './parse-input.ts';
import type { Secret, Secrets } from './secret.ts';

const describeSchema = v.object({ SecretId: secretId });

/** DescribeSecret: everything but the values. It also answers for a secret that is marked for deletion. */
export const describeSecret: Operation = (secrets, rawInput) => {
  const secret = findSecret(secrets, parseInput(describeSchema, rawInput).SecretId);
  return { output: { ...common(secret), VersionIdsToStages: stagesByVersion(secret) } };
};

const listSchema = v.object({
  MaxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 100),
  NextToken: v.optional(v.pipe(v.string(), v.regex(/^\d+$/))),
  IncludePlannedDeletion: v.optional(v.boolean(), false),
  Filters: v.optional(v.array(v.object({ Key: v.string(), Values: v.array(v.string()) })), []),
});

type Filter = v.InferOutput<typeof listSchema>['Filters'][number];

/** ListSecrets, with the filter `name` only. */
export const listSecrets: Operation = (secrets, rawInput) => {
  const input = parseInput(listSchema, rawInput);
  const from = Number(input.NextToken ?? 0);
  const matching = filtered(secrets, input.Filters).filter(
    ({ deletionAt }) => deletionAt === undefined || input.IncludePlannedDeletion,
  );
  const page = matching.slice(from, from + input.MaxResults);
  const next = from + page.length;
  return {
    output: {
      SecretList: page.map((secret) => ({
        ...common(secret),
        SecretVersionsToStages: stagesByVersion(secret),
      })),
      ...(next < matching.length ? { NextToken: String(next) } : {}),
    },
  };
};

function filtered(secrets: Secrets, filters: readonly Filter[]): Secrets {
  return filters.reduce<Secrets>((left, { Key, Values }) => {
    if (Key !== 'name') throw invalidParameter(`The filter ${Key} is not emulated; name is.`);
    return left.filter(({ name }) => Values.some((prefix) => name.startsWith(prefix)));
  }, secrets);
}

function common(secret: Secret): Record<string, unknown> {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    CreatedDate: wireTime(secret.createdAt),
    LastChangedDate: wireTime(secret.changedAt),
    ...(secret.deletionAt === undefined ? {} : { DeletedDate: wireTime(secret.deletionAt) }),
  };
}

/** Versions without a stage are on their way out and not listed, as the service does. */
function stagesByVersion(secret: Secret): Record<string, string[]> {
  const staged = secret.versions.filter(({ stages }) => stages.length > 0);
  return Object.fromEntries(staged.map(({ id, stages }) => [id, stages]));
}
