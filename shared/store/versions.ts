import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { tableShape } from './table-shape.ts';

/** What the next version of a record is conditional on. */
export interface VersionRead {
  readonly version: number;
  /** Random mark of the invocation that created the record. */
  readonly nonce: string;
  readonly state: string;
}

/** Makes a record, if there is none under its key; a refusal shows the one that is there. */
export function putFirstVersion(tableName: string, item: Item): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': tableShape.partitionKey },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Writes the next version of a record, if what was read is still the current one. */
export function putNextVersion(tableName: string, before: VersionRead, item: Item): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: item,
      ConditionExpression: '#version = :version AND #nonce = :nonce AND #state = :state',
      ExpressionAttributeNames: { '#version': 'version', '#nonce': 'nonce', '#state': 'state' },
      ExpressionAttributeValues: {
        ':version': { N: String(before.version) },
        ':nonce': { S: before.nonce },
        ':state': { S: before.state },
      },
    },
  };
}
