import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { expiryOf, type Item } from './item.ts';
import { tableShape } from './table-shape.ts';

/** Something that one record at a time can have, and which record has it. */
export const holderName = 'holder';

/** The record that has it; undefined if none does. */
export function holderIn(item: Item | undefined): string | undefined {
  return item?.[holderName]?.S;
}

/** Takes it, if nobody else has it. */
export function takeFor(tableName: string, key: Item, holder: string): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: key,
      UpdateExpression: 'SET #holder = :holder',
      ConditionExpression: 'attribute_not_exists(#holder)',
      ExpressionAttributeNames: { '#holder': holderName },
      ExpressionAttributeValues: { ':holder': { S: holder } },
    },
  };
}

/** Gives it back, if this record has it. */
export function giveBack(tableName: string, key: Item, holder: string): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: key,
      UpdateExpression: 'REMOVE #holder',
      ConditionExpression: '#holder = :holder',
      ExpressionAttributeNames: { '#holder': holderName },
      ExpressionAttributeValues: { ':holder': { S: holder } },
    },
  };
}

/** Takes it for as long as records are kept, if nobody else has it. */
export function takeForGood(tableName: string, key: Item, holder: string, now: number): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...key,
        [holderName]: { S: holder },
        [tableShape.timeToLive]: { N: expiryOf(now) },
      },
      ConditionExpression: 'attribute_not_exists(#key) OR #holder = :holder',
      ExpressionAttributeNames: { '#key': tableShape.partitionKey, '#holder': holderName },
      ExpressionAttributeValues: { ':holder': { S: holder } },
    },
  };
}
