import * as v from 'valibot';
import { equalitiesOf } from './key-condition.ts';
import { leadingKey, type TableKeys } from './table-keys.ts';
import type { Wanted, WantedOf } from './wanted.ts';
import { wantedOfTransaction } from './wanted-of-transaction.ts';

const attributes = v.record(v.string(), v.unknown());
const keySchema = v.object({ TableName: v.string(), Key: attributes });
const itemSchema = v.object({ TableName: v.string(), Item: attributes });
const querySchema = v.object({
  TableName: v.string(),
  IndexName: v.optional(v.string()),
  KeyConditionExpression: v.string(),
  KeyConditions: v.optional(v.undefined()),
  ExpressionAttributeNames: v.optional(v.record(v.string(), v.string()), {}),
  ExpressionAttributeValues: attributes,
});
const scanSchema = v.object({ TableName: v.string(), IndexName: v.optional(v.string()) });
const batchGetSchema = v.object({
  RequestItems: v.record(v.string(), v.object({ Keys: v.array(attributes) })),
});
const batchWriteSchema = v.object({
  RequestItems: v.record(
    v.string(),
    v.array(
      v.union([
        v.pipe(
          v.strictObject({ PutRequest: v.object({ Item: attributes }) }),
          v.transform(({ PutRequest }) => PutRequest.Item),
        ),
        v.pipe(
          v.strictObject({ DeleteRequest: v.object({ Key: attributes }) }),
          v.transform(({ DeleteRequest }) => DeleteRequest.Key),
        ),
      ]),
    ),
  ),
});
const tableSchema = v.object({ TableName: v.string() });

/** Operations on a whole table, which name it and no key. */
const tableOperations = new Set(['DescribeTable', 'DescribeTimeToLive', 'UpdateTable', 'DeleteTable']);

/**
 * What a request to DynamoDB wants to do, with the condition keys that DynamoDB gives to IAM: `dynamodb:LeadingKeys`
 * has the partition keys of the items, or of the index, that it is about. A table that is not of the template, an
 * expression or an operation that is not known here: not understood.
 */
export const wantedOfDynamoDb: WantedOf<TableKeys> = (operation, input, tables) => {
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return oneItem(operation, keySchema, input, ({ Key }) => Key, tables);
    case 'PutItem':
      return oneItem(operation, itemSchema, input, ({ Item }) => Item, tables);
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return wantedOfTransaction(operation, input, tables);
    case 'Query':
      return query(input, tables);
    case 'Scan':
      return scan(input, tables);
    case 'BatchGetItem':
      return batch(operation, batchKeys(input), tables);
    case 'BatchWriteItem':
      return batch(operation, batchItems(input), tables);
    default:
      return tableOperations.has(operation) ? onTable(operation, input, tables) : undefined;
  }
};

function oneItem<T extends { readonly TableName: string }>(
  operation: string,
  schema: v.GenericSchema<unknown, T>,
  input: unknown,
  keyOf: (parsed: T) => Readonly<Record<string, unknown>>,
  tables: TableKeys,
): readonly Wanted[] | undefined {
  const parsed = v.safeParse(schema, input);
  if (!parsed.success) return undefined;
  return batch(operation, { [parsed.output.TableName]: [keyOf(parsed.output)] }, tables);
}

/** One request for each table, with all the keys in it. */
function batch(
  operation: string,
  keysByTable: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> | undefined,
  tables: TableKeys,
): readonly Wanted[] | undefined {
  const wanted = Object.entries(keysByTable ?? {}).map(([table, items]) => {
    const resource = tables.arnOf(table);
    const keyName = tables.partitionKeyOf(resource);
    const keys = items.map((item) => (keyName === undefined ? undefined : leadingKey(item, keyName)));
    const known = keys.filter((key) => key !== undefined);
    return known.length < keys.length || keys.length === 0
      ? undefined
      : { action: `dynamodb:${operation}`, resource, context: { 'dynamodb:LeadingKeys': known } };
  });
  const understood = wanted.filter((one) => one !== undefined);
  return understood.length < wanted.length || wanted.length === 0 ? undefined : understood;
}

function batchKeys(input: unknown) {
  const parsed = v.safeParse(batchGetSchema, input);
  if (!parsed.success) return undefined;
  const entries = Object.entries(parsed.output.RequestItems);
  return Object.fromEntries(entries.map(([table, { Keys }]) => [table, Keys]));
}

function batchItems(input: unknown) {
  const parsed = v.safeParse(batchWriteSchema, input);
  return parsed.success ? parsed.output.RequestItems : undefined;
}

function query(input: unknown, tables: TableKeys): readonly Wanted[] | undefined {
  const parsed = v.safeParse(querySchema, input);
  if (!parsed.success) return undefined;
  const { TableName, IndexName, KeyConditionExpression, ...names } = parsed.output;
  const tableArn = tables.arnOf(TableName);
  const keyName = tables.partitionKeyOf(tableArn, IndexName);
  const compared = (equalitiesOf(KeyConditionExpression) ?? []).filter(
    ({ name }) => (name.startsWith('#') ? names.ExpressionAttributeNames[name] : name) === keyName,
  );
  const [equality, ...more] = compared;
  if (keyName === undefined || equality === undefined || more.length > 0) return undefined;
  const key = leadingKey(names.ExpressionAttributeValues, equality.value);
  if (key === undefined) return undefined;
  const context = { 'dynamodb:LeadingKeys': [key] };
  return [{ action: 'dynamodb:Query', resource: withIndex(tableArn, IndexName), context }];
}

/** A scan names no key, so that a condition on all of its keys holds: only the action can keep it out. */
function scan(input: unknown, tables: TableKeys): readonly Wanted[] | undefined {
  const parsed = v.safeParse(scanSchema, input);
  if (!parsed.success) return undefined;
  const tableArn = tables.arnOf(parsed.output.TableName);
  if (tables.partitionKeyOf(tableArn, parsed.output.IndexName) === undefined) return undefined;
  return [{ action: 'dynamodb:Scan', resource: withIndex(tableArn, parsed.output.IndexName), context: {} }];
}

function onTable(operation: string, input: unknown, tables: TableKeys): readonly Wanted[] | undefined {
  const parsed = v.safeParse(tableSchema, input);
  if (!parsed.success) return undefined;
  const resource = tables.arnOf(parsed.output.TableName);
  if (tables.partitionKeyOf(resource) === undefined) return undefined;
  return [{ action: `dynamodb:${operation}`, resource, context: {} }];
}

function withIndex(tableArn: string, indexName: string | undefined): string {
  return indexName === undefined ? tableArn : `${tableArn}/index/${indexName}`;
}
