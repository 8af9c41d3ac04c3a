import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { tableShape } from './table-shape.ts';

export type Item = Record<string, AttributeValue>;

/** An item of the table does not hold what we write there. */
export class CorruptItemError extends Error {
  override readonly name = 'CorruptItemError';
}

/** Finished records are kept this long: the promise that an idempotency key is remembered. */
const retentionSeconds = 400 * 24 * 60 * 60;

/** The key of an item that is alone in its partition, or the main one there. */
export function itemKey(partition: string, sort = 'v0'): Item {
  return { [tableShape.partitionKey]: { S: partition }, [tableShape.sortKey]: { S: sort } };
}

/** When an item written now may go, in seconds since the epoch. */
export function expiryOf(now: number): string {
  return String(Math.floor(now / 1000) + retentionSeconds);
}
