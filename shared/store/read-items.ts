import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../orders/store-port.ts';
import type { Item } from './item.ts';
import type { TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { attempts, storeError, type TransactionTools, waitAfter } from './transactions.ts';

/** The table, to be read from in as many attempts as it takes. */
export type ManyItemsTools = TableTools & TransactionTools;

const { partitionKey, sortKey } = tableShape;
/** As many as DynamoDB takes. */
const keysPerRequest = 100;

/**
 * Those of these items that are there, each as it is now and once, in the order of the keys.
 *
 * @param keys where they are; what an index gives beside the key of an item is no matter
 * @throws StoreUnavailableError if any of them could not be read: what is missing is never taken for what is not there
 */
export async function readItems(tools: ManyItemsTools, keys: readonly Item[]): Promise<readonly Item[]> {
  const wanted = new Map(keys.map((key) => [nameOf(key), keyOf(key)]));
  const names = [...wanted.keys()];
  const distinct = [...wanted.values()];
  const found = new Map<string, Item>();
  // One after the other: each at a time would take a connection of its own, and its share of a small processor.
  for (let first = 0; first < distinct.length; first += keysPerRequest) {
    const items = await readUntilDone(tools, distinct.slice(first, first + keysPerRequest));
    for (const item of items) found.set(nameOf(item), item);
  }
  return names.map((name) => found.get(name)).filter((item) => item !== undefined);
}

/** DynamoDB leaves out what it has no capacity for, and says so: that is asked for again. */
async function readUntilDone(tools: ManyItemsTools, keys: readonly Item[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  let left = keys;
  for (let attempt = 1; ; attempt += 1) {
    const { items, unread } = await readOnce(tools, left);
    found.push(...items);
    if (unread.length === 0) return found;
    if (attempt >= attempts) throw new StoreUnavailableError('UnprocessedKeys');
    await waitAfter(tools, attempt);
    left = unread;
  }
}

async function readOnce(
  { client, tableName }: ManyItemsTools,
  keys: readonly Item[],
): Promise<{ readonly items: readonly Item[]; readonly unread: readonly Item[] }> {
  const command = new BatchGetItemCommand({
    RequestItems: { [tableName]: { Keys: [...keys], ConsistentRead: true } },
  });
  const { Responses = {}, UnprocessedKeys = {} } = await client.send(command).catch((error: unknown) => {
    throw storeError(error);
  });
  return {
    items: Object.values(Responses).flat(),
    unread: Object.values(UnprocessedKeys).flatMap(({ Keys = [] }) => Keys),
  };
}

/** The key of an item, and nothing else of it. */
function keyOf(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => name === partitionKey || name === sortKey),
  );
}

function nameOf(item: Item): string {
  return JSON.stringify([item[partitionKey]?.S, item[sortKey]?.S]);
}
