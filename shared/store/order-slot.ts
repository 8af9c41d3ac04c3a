import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Order } from '../orders/order.ts';
import { giveBack, takeFor } from './held-items.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';

function keyOf({ instrument, purpose }: Order): Item {
  return itemKey(`${partitions.slot}${instrument}#${purpose ?? 'urgent'}`);
}

/** Takes the slot of a new order, if no other order holds it. */
export function takeSlot(tableName: string, order: Order): TransactWriteItem {
  return takeFor(tableName, keyOf(order), order.orderId);
}

/** Gives the slot of an order back. */
export function giveSlotBack(tableName: string, order: Order): TransactWriteItem {
  return giveBack(tableName, keyOf(order), order.orderId);
}
