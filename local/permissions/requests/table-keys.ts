import * as v from 'valibot';
import type { TableDescription } from '../../runner/resources/tables.ts';
import { arnOf, type StackIdentity } from '../../runner/template/identity.ts';

/** What there is in DynamoDB, to find out about the keys that a request names. */
export interface TableKeys {
  /** ARN of the table that a request names by name or by ARN. */
  arnOf(nameOrArn: string): string;
  /** Partition key of a table, or of one of its indexes. Undefined when there is no such one. */
  partitionKeyOf(tableArn: string, indexName?: string): string | undefined;
}

/** @param tables the tables of the template; of any other nothing is known, so that it cannot be used */
export function createTableKeys(tables: readonly TableDescription[], identity: StackIdentity): TableKeys {
  const tableArn = (name: string): string => arnOf(identity, 'dynamodb', `table/${name}`);
  const byArn = new Map(tables.map((table) => [tableArn(table.name), table]));
  return {
    arnOf: (nameOrArn) => (nameOrArn.startsWith('arn:') ? nameOrArn : tableArn(nameOrArn)),
    partitionKeyOf: (arn, indexName) => {
      const table = byArn.get(arn);
      const indexes = [...(table?.GlobalSecondaryIndexes ?? []), ...(table?.LocalSecondaryIndexes ?? [])];
      const keys = indexName === undefined ? table : indexes.find(({ IndexName }) => IndexName === indexName);
      return keys?.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    },
  };
}

const keyValue = v.union([
  v.pipe(
    v.strictObject({ S: v.string() }),
    v.transform(({ S }) => S),
  ),
  v.pipe(
    v.strictObject({ N: v.string() }),
    v.transform(({ N }) => N),
  ),
  v.pipe(
    v.strictObject({ B: v.string() }),
    v.transform(({ B }) => B),
  ),
]);

/** A value of a key as the condition key `dynamodb:LeadingKeys` has it. Undefined when it cannot be one. */
export function leadingKey(attributes: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const parsed = v.safeParse(keyValue, attributes[name]);
  return parsed.success ? parsed.output : undefined;
}
