import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Order } from '../orders/order.ts';
import { giveBack, holderName } from './held-items.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { tableShape } from './table-shape.ts';

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
      UpdateExpression: 'SET #holder = :holder, #until = :until, #expiry = :expiry',
      ConditionExpression: 'attribute_not_exists(#holder) OR #until < :now',
      ExpressionAttributeNames: {
        '#holder': holderName,
        '#until': 'heldUntil',
        '#expiry': tableShape.timeToLive,
      },
      ExpressionAttributeValues: {
        ':holder': { S: order.orderId },
        ':until': { N: String(order.createdAt + heldForMs) },
        ':now': { N: String(order.createdAt) },
        // Long after others may have taken them: an item that is gone and one that nobody holds mean the same.
        ':expiry': { N: expiryOf(order.createdAt) },
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
