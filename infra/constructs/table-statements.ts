import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { tableShape } from '../../shared/store/table-shape.ts';
import type { TableGrants } from '../function-grants.ts';

/** Holds for items that are written in a transaction. */
export const insideTransactions: Conditions = {
  'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
};

/**
 * The statements of a role's policy that allow this, one for each action and resource.
 *
 * AWS does not say whether the keys of a transaction are compared for each item by itself or all together for an
 * action. All partitions of an action are therefore in one statement, so that it allows the same either way.
 *
 * Writes are allowed inside transactions only: an order, its history and the money it reserves change together or not
 * at all, and code that forgot so is refused. Indexes are named one by one: `table/index/*` would open indexes that do
 * not exist yet.
 */
export function tableStatements(tableArn: string, grants: TableGrants): readonly PolicyStatement[] {
  const created = `${tableArn}/index/${tableShape.createdIndex.name}`;
  const work = `${tableArn}/index/${tableShape.workIndex.name}`;
  return [
    ...statement('GetItems', 'dynamodb:GetItem', tableArn, grants.get),
    ...statement('GetManyItems', 'dynamodb:BatchGetItem', tableArn, grants.getMany),
    ...statement('CheckItems', 'dynamodb:ConditionCheckItem', tableArn, grants.check),
    ...statement('PutItems', 'dynamodb:PutItem', tableArn, grants.put, insideTransactions),
    ...statement('UpdateItems', 'dynamodb:UpdateItem', tableArn, grants.update, insideTransactions),
    ...statement('QueryTable', 'dynamodb:Query', tableArn, grants.query),
    ...statement('QueryCreated', 'dynamodb:Query', created, grants.queryCreated),
    ...statement('QueryWork', 'dynamodb:Query', work, grants.queryWork),
  ];
}

/** None where there is nothing to allow. */
function statement(
  sid: string,
  action: string,
  resource: string,
  keys: readonly string[] | undefined,
  conditions: Conditions = {},
): readonly PolicyStatement[] {
  if (keys === undefined) return [];
  return [
    new PolicyStatement({
      sid,
      actions: [action],
      resources: [resource],
      conditions: { ...conditions, ...onlyUnder(keys) },
    }),
  ];
}

/**
 * Holds for items whose partition keys begin with these, or are these. `ForAllValues` also holds where the request has
 * no keys at all; the actions above always name theirs, a read of many items those of all, a query that of its index, and
 * DynamoDB passes them on. The one action that does without, `Scan`, nobody is allowed.
 */
export function onlyUnder(keys: readonly string[]): Conditions {
  const patterns = keys.map((key) => (key.endsWith('#') ? `${key}*` : key));
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } };
}
