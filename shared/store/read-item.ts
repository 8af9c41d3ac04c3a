import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import { storeError } from './transactions.ts';

/** The table, to be read from. */
export interface TableTools {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
}

/**
 * One item as it is now.
 *
 * @throws StoreUnavailableError
 */
export async function readItem(tools: TableTools, key: Item): Promise<Item | undefined> {
  const command = new GetItemCommand({ TableName: tools.tableName, Key: key, ConsistentRead: true });
  const { Item: item } = await tools.client.send(command).catch((error: unknown) => {
    throw storeError(error);
  });
  return item;
}
