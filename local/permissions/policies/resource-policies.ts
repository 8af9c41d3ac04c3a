import * as v from 'valibot';
import { readProperties } from '../../runner/template/read-properties.ts';
import type { References } from '../../runner/template/references.ts';
import { type Resource, resourcesOfType } from '../../runner/template/template.ts';
import type { Statement } from './policy.ts';
import { documentSchema, statementsOf, trustSchema } from './read-statements.ts';

/** A policy of a resource, and the ARN of the resource. */
type Entry = readonly [arn: string, statements: readonly Statement[]];

type Reader = (logicalId: string, resource: Resource, references: References) => readonly Entry[];

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['AWS::SecretsManager::ResourcePolicy', secretPolicy],
  ['AWS::DynamoDB::Table', tablePolicy],
  ['AWS::DynamoDB::GlobalTable', globalTablePolicy],
  ['AWS::SQS::QueuePolicy', queuePolicy],
  ['AWS::Lambda::Permission', functionPermission],
  ['AWS::KMS::Key', keyPolicy],
  ['AWS::IAM::Role', trustPolicy],
]);

/** The policies of the resources that are played here, by ARN. */
export function readResourcePolicies(references: References): Map<string, readonly Statement[]> {
  const policies = new Map<string, readonly Statement[]>();
  for (const [type, read] of readers) {
    for (const [logicalId, resource] of resourcesOfType(references.template, type)) {
      for (const [arn, statements] of read(logicalId, resource, references)) {
        policies.set(arn, [...(policies.get(arn) ?? []), ...statements]);
      }
    }
  }
  return policies;
}

function secretPolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const schema = v.object({ SecretId: v.string(), ResourcePolicy: documentSchema });
  const { SecretId, ResourcePolicy } = readProperties(logicalId, resource, schema, references);
  return [[SecretId, statementsOf(logicalId, ResourcePolicy)]];
}

const withDocument = v.object({ PolicyDocument: documentSchema });

function tablePolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const schema = v.object({ ResourcePolicy: v.optional(withDocument) });
  const { ResourcePolicy } = readProperties(logicalId, resource, schema, references);
  if (ResourcePolicy === undefined) return [];
  return [[arnOf(logicalId, references), statementsOf(logicalId, ResourcePolicy.PolicyDocument)]];
}

function globalTablePolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const schema = v.object({
    Replicas: v.optional(
      v.array(v.object({ Region: v.string(), ResourcePolicy: v.optional(withDocument) })),
      [],
    ),
  });
  return readProperties(logicalId, resource, schema, references)
    .Replicas.filter(({ Region }) => Region === references.identity.region)
    .flatMap(({ ResourcePolicy }) => (ResourcePolicy === undefined ? [] : [ResourcePolicy.PolicyDocument]))
    .map((document) => [arnOf(logicalId, references), statementsOf(logicalId, document)]);
}

function queuePolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const schema = v.object({ Queues: v.array(v.string()), PolicyDocument: documentSchema });
  const { Queues, PolicyDocument } = readProperties(logicalId, resource, schema, references);
  const queues = resourcesOfType(references.template, 'AWS::SQS::Queue').map(([queueId]) => queueId);
  return queues
    .filter((queueId) => Queues.includes(references.resources.get(queueId)?.ref ?? ''))
    .map((queueId) => [arnOf(queueId, references), statementsOf(logicalId, PolicyDocument)]);
}

/** Who may take a role. */
function trustPolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const schema = v.object({ AssumeRolePolicyDocument: trustSchema });
  const { AssumeRolePolicyDocument } = readProperties(logicalId, resource, schema, references);
  return [[arnOf(logicalId, references), statementsOf(logicalId, AssumeRolePolicyDocument)]];
}

const permissionSchema = v.strictObject({
  Action: v.string(),
  FunctionName: v.string(),
  Principal: v.string(),
  SourceArn: v.optional(v.string()),
  SourceAccount: v.optional(v.string()),
});

/** Lambda keeps a permission as a statement of the function's policy. */
function functionPermission(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const { Action, FunctionName, Principal, SourceArn, SourceAccount } = readProperties(
    logicalId,
    resource,
    permissionSchema,
    references,
  );
  const functions = resourcesOfType(references.template, 'AWS::Lambda::Function').map(([id]) => id);
  const arns = functions
    .filter((id) => FunctionName === references.resources.get(id)?.ref)
    .map((id) => arnOf(id, references));
  const statement: Statement = {
    name: logicalId,
    effect: 'Allow',
    principals: [
      Principal.endsWith('.amazonaws.com')
        ? { kind: 'service', name: Principal }
        : Principal === '*'
          ? { kind: 'everyone' }
          : { kind: 'aws', name: Principal },
    ],
    actions: [Action],
    exceptActions: false,
    resources: ['*'],
    conditions: [
      ...(SourceArn === undefined
        ? []
        : [{ operator: 'ArnLike', key: 'aws:SourceArn', values: [SourceArn] }]),
      ...(SourceAccount === undefined
        ? []
        : [{ operator: 'StringEquals', key: 'aws:SourceAccount', values: [SourceAccount] }]),
    ],
  };
  return (arns.length === 0 ? [FunctionName] : arns).map((arn) => [arn, [statement]]);
}

/** Only of a key that a secret is encrypted with: others are for services that are not played here. */
function keyPolicy(logicalId: string, resource: Resource, references: References): readonly Entry[] {
  const arn = arnOf(logicalId, references);
  const schema = v.object({ KmsKeyId: v.optional(v.unknown()) });
  const isUsed = resourcesOfType(references.template, 'AWS::SecretsManager::Secret')
    .map(([secretId, secret]) => readProperties(secretId, secret, schema, references).KmsKeyId)
    .some((key) => key === arn || key === references.resources.get(logicalId)?.ref);
  if (!isUsed) return [];
  const { KeyPolicy } = readProperties(
    logicalId,
    resource,
    v.object({ KeyPolicy: v.optional(documentSchema) }),
    references,
  );
  return [
    [
      arn,
      KeyPolicy === undefined
        ? [defaultKeyPolicy(logicalId, references)]
        : statementsOf(logicalId, KeyPolicy),
    ],
  ];
}

/** KMS lets the account decide where a key has no policy of its own. */
function defaultKeyPolicy(logicalId: string, { identity }: References): Statement {
  return {
    name: logicalId,
    effect: 'Allow',
    principals: [{ kind: 'aws', name: identity.accountId }],
    actions: ['kms:*'],
    exceptActions: false,
    resources: ['*'],
    conditions: [],
  };
}

function arnOf(logicalId: string, references: References): string {
  return references.resources.get(logicalId)?.attributes['Arn'] ?? '';
}
