import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Order } from '../orders/order.ts';
import { giveBack, holderName } from './held-items.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';

/** Orders outside of everything that is assumed may appear late, but not after a day. */
const heldForMs = 24 * 60 * 60 * 1_000;

function keyOf({ marketId, quantity, limitPrice }: Order): Item {
  return itemKey(`${partitions.terms}${marketId}#${quantity}#${limitPrice}`);
}

/** Takes the terms of a new order, if no other order holds them. */
export function takeTerms(tableName: string, order: Order): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: keyOf(order),
      UpdateExpression: 'SET #holder = :holder, #until = :until',
      ConditionExpression: 'attribute_not_exists(#holder) OR #until < :now',
      ExpressionAttributeNames: { '#holder': holderName, '#until': 'heldUntil' },
      ExpressionAttributeValues: {
        ':holder': { S: order.orderId },
        ':until': { N: String(order.createdAt + heldForMs) },
        ':now': { N: String(order.createdAt) },
      },
    },
  };
}

/** Gives the terms of an order back. */
export function giveTermsBack(tableName: string, order: Order): TransactWriteItem {
  return giveBack(tableName, keyOf(order), order.orderId);
}

/** After a day others may have taken the terms: then there is nothing to give back. */
export function mayHaveLostTerms(order: Order): boolean {
  return order.updatedAt >= order.createdAt + heldForMs;
}
