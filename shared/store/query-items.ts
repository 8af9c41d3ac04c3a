import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './item.ts';
import type { TableTools } from './read-item.ts';
import { storeError } from './transactions.ts';

/** A part of what a query finds. */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Where the next part begins; undefined if there is none. */
  readonly nextKey: Item | undefined;
}

/**
 * One part of what a query finds.
 *
 * @throws StoreUnavailableError
 */
export async function queryItems(
  { client, tableName }: TableTools,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<ItemPage> {
  try {
    const answer = await client.send(new QueryCommand({ TableName: tableName, ...input }));
    return { items: answer.Items ?? [], nextKey: answer.LastEvaluatedKey };
  } catch (error) {
    throw storeError(error);
  }
}
