import type { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { resources } from './resources.ts';

const oneOrMore = <T extends v.GenericSchema>(schema: T) =>
  v.pipe(
    v.union([v.array(schema), schema]),
    v.transform((value) => [value].flat()),
  );

const statement = v.object({
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: oneOrMore(v.string()),
  Resource: oneOrMore(v.unknown()),
  Condition: v.optional(v.unknown()),
});

const policy = v.object({
  PolicyDocument: v.object({ Statement: v.array(statement) }),
  Roles: v.array(v.object({ Ref: v.string() })),
});

export type Statement = v.InferOutput<typeof statement>;

/** What the roles of a template allow, by the logical id of the role without its hash. */
export function statementsByRole(template: Template): ReadonlyMap<string, readonly Statement[]> {
  return new Map(
    resources(template, 'AWS::IAM::Policy').flatMap(({ Properties }) => {
      const { PolicyDocument, Roles } = v.parse(policy, Properties);
      return Roles.map(({ Ref }) => [withoutHash(Ref), PolicyDocument.Statement] as const);
    }),
  );
}

/**
 * Every permission of a role as a line such as `dynamodb:PutItem on OrdersTable under ORDER#*, XORD#* in transactions`,
 * sorted.
 */
export function permissionsOf(template: Template, role: string): readonly string[] {
  return (statementsByRole(template).get(role) ?? [])
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((on) => [action, 'on', readable(on), ...readableConditions(Condition)].join(' ')),
      ),
    )
    .toSorted();
}

/** The roles with a statement that allows an action on items with this partition key. */
export function rolesThatMay(template: Template, action: string, key?: string): readonly string[] {
  return [...statementsByRole(template)]
    .filter(([, statements]) => statements.some((one) => one.Action.includes(action) && covers(one, key)))
    .map(([role]) => role)
    .toSorted();
}

/** Whether a statement is about items with this partition key; one that names no keys is about all. */
function covers({ Condition }: Statement, key: string | undefined): boolean {
  const { keys } = conditionsOf(Condition);
  return key === undefined || keys === undefined || keys.some((pattern) => isLike(key, pattern));
}

/** As IAM's `StringLike`. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

const conditions = v.strictObject({
  'ForAllValues:StringLike': v.optional(v.strictObject({ 'dynamodb:LeadingKeys': v.array(v.string()) })),
  'ForAnyValue:StringEquals': v.optional(
    v.strictObject({ 'dynamodb:EnclosingOperation': v.tuple([v.literal('TransactWriteItems')]) }),
  ),
  StringEquals: v.optional(
    v.strictObject({
      'secretsmanager:VersionStage': v.optional(v.array(v.string())),
      'kms:ViaService': v.optional(v.unknown()),
    }),
  ),
});

/** What a statement is limited to. A condition that is not known here fails the test. */
export function conditionsOf(condition: unknown): {
  readonly keys: readonly string[] | undefined;
  readonly isTransactional: boolean;
  readonly versionStages: readonly string[] | undefined;
  readonly viaService: unknown;
} {
  const found = v.parse(conditions, condition ?? {});
  return {
    keys: found['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
    isTransactional: found['ForAnyValue:StringEquals'] !== undefined,
    versionStages: found.StringEquals?.['secretsmanager:VersionStage'],
    viaService: found.StringEquals?.['kms:ViaService'],
  };
}

function readableConditions(condition: unknown): readonly string[] {
  const { keys, isTransactional, versionStages, viaService } = conditionsOf(condition);
  return [
    ...(keys === undefined ? [] : [`under ${keys.toSorted().join(', ')}`]),
    ...(isTransactional ? ['in transactions'] : []),
    ...(versionStages === undefined ? [] : [`at ${versionStages.toSorted().join(', ')}`]),
    ...(viaService === undefined ? [] : [`through ${readable(viaService)}`]),
  ];
}

const reference = v.pipe(
  v.object({ Ref: v.string() }),
  v.transform(({ Ref }) => withoutHash(Ref)),
);
const attribute = v.pipe(
  v.object({ 'Fn::GetAtt': v.tuple([v.string(), v.literal('Arn')]) }),
  v.transform((found) => withoutHash(found['Fn::GetAtt'][0])),
);
const joined = v.pipe(
  v.object({ 'Fn::Join': v.tuple([v.literal(''), v.array(v.union([v.string(), reference, attribute]))]) }),
  v.transform((found) => found['Fn::Join'][1].join('')),
);

function readable(resource: unknown): string {
  return v.parse(v.union([v.string(), reference, attribute, joined]), resource);
}

function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
