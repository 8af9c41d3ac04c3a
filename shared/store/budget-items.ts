import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Budget, BudgetChange } from '../ledger/budget.ts';
import type { Usd } from '../ledger/decimal.ts';
import type { Order } from '../orders/order.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';

export function budgetKey(period: string): Item {
  return itemKey(`${partitions.budget}${period}`);
}

/** Orders of an hour, by the hour in which they were made: `2026-11-23T19`. */
export function rateKey(createdAt: number): Item {
  return itemKey(`${partitions.hour}${new Date(createdAt).toISOString().slice(0, 13)}`);
}

/**
 * Takes an order's money from a budget, if that much is available under the cap in force. Conditions cannot add, so
 * the item keeps what is used, which is what is reserved and spent together.
 */
export function reserveFrom(tableName: string, period: string, amount: Usd, cap: Usd): TransactWriteItem {
  const charge = chargeOf(tableName, period, amount, cap);
  return {
    Update: {
      ...charge,
      ConditionExpression: '(attribute_not_exists(#used) AND :amount <= :cap) OR #used <= :room',
      ExpressionAttributeValues: {
        ...charge.ExpressionAttributeValues,
        ':room': { N: (cap - amount).toString() },
      },
    },
  };
}

/** Takes the money of an order that was sent already, whatever is left: the books follow what happened. */
export function chargeTo(tableName: string, period: string, amount: Usd, cap: Usd): TransactWriteItem {
  return { Update: chargeOf(tableName, period, amount, cap) };
}

function chargeOf(tableName: string, period: string, amount: Usd, cap: Usd) {
  return {
    TableName: tableName,
    Key: budgetKey(period),
    UpdateExpression:
      'SET #used = if_not_exists(#used, :zero) + :amount, #reserved = if_not_exists(#reserved, :zero) + :amount, #spent = if_not_exists(#spent, :zero), #cap = :cap',
    ExpressionAttributeNames: { '#used': 'used', '#reserved': 'reserved', '#spent': 'spent', '#cap': 'cap' },
    ExpressionAttributeValues: {
      ':zero': { N: '0' },
      ':amount': { N: amount.toString() },
      ':cap': { N: cap.toString() },
    },
  } satisfies TransactWriteItem['Update'];
}

/** Moves money between what is available, reserved and spent. Never refused: the books follow what happened. */
export function settleIn(tableName: string, period: string, change: BudgetChange): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: budgetKey(period),
      UpdateExpression:
        'SET #used = #used + :used, #reserved = #reserved + :reserved, #spent = #spent + :spent',
      ExpressionAttributeNames: { '#used': 'used', '#reserved': 'reserved', '#spent': 'spent' },
      ExpressionAttributeValues: {
        ':used': { N: (-change.available).toString() },
        ':reserved': { N: change.reserved.toString() },
        ':spent': { N: change.spent.toString() },
      },
    },
  };
}

/** Counts an order in its hour, if the hour has room for it. */
export function countInHour(tableName: string, order: Order, limit: bigint): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: rateKey(order.createdAt),
      UpdateExpression: 'SET #orders = if_not_exists(#orders, :zero) + :one',
      ConditionExpression: '(attribute_not_exists(#orders) AND :zero < :limit) OR #orders < :limit',
      ExpressionAttributeNames: { '#orders': 'orders' },
      ExpressionAttributeValues: {
        ':zero': { N: '0' },
        ':one': { N: '1' },
        ':limit': { N: limit.toString() },
      },
    },
  };
}

/** Undefined if the item is not what we write. */
export function budgetFromItem(item: Item): Budget | undefined {
  const read = (name: string): bigint | undefined => {
    const text = item[name]?.N;
    return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  };
  const [cap, used, reserved, spent] = ['cap', 'used', 'reserved', 'spent'].map(read);
  if (cap === undefined || used === undefined || reserved === undefined || spent === undefined)
    return undefined;
  return { cap, available: cap - used, reserved, spent };
}
