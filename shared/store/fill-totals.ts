import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Order } from '../orders/order.ts';
import type { FillTotals } from '../orders/store-port.ts';
import { CorruptItemError, type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';

function fillsKey(instrument: string): Item {
  return itemKey(`${partitions.fills}${instrument}`);
}

/**
 * Adds what an order's step has bought to the totals of its instrument. Part of the transaction that writes the step,
 * whose condition on the version keeps it from being added twice.
 */
export function addToFillTotals(tableName: string, before: Order, after: Order): TransactWriteItem {
  return {
    Update: {
      TableName: tableName,
      Key: fillsKey(after.instrument),
      UpdateExpression: 'ADD #quantity :quantity, #spent :spent',
      ExpressionAttributeNames: { '#quantity': 'quantity', '#spent': 'spent' },
      ExpressionAttributeValues: {
        ':quantity': { N: (after.filledQuantity - before.filledQuantity).toString() },
        ':spent': { N: (after.spent - before.spent).toString() },
      },
    },
  };
}

/** @throws StoreUnavailableError, or CorruptItemError if the item is not what we write */
export async function readFillTotals(tools: TableTools, instrument: string): Promise<FillTotals> {
  const item = await readItem(tools, fillsKey(instrument));
  if (item === undefined) return { quantity: 0n, spent: 0n };
  const [quantity, spent] = [item['quantity']?.N, item['spent']?.N];
  if (quantity === undefined || spent === undefined) {
    throw new CorruptItemError('The totals of fills are not what they should be.');
  }
  return { quantity: BigInt(quantity), spent: BigInt(spent) };
}
