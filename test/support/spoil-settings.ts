import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import type { LocalStack } from '../../local/runner/local-stack.ts';
import { settingsKey } from '../../shared/store/settings-items.ts';

/** Writes into the settings as nobody should: past the tools, with rights on the table. */
export async function spoilSettings(stack: LocalStack, attribute: string, text: string): Promise<void> {
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const [TableName = ''] = stack.tableNames.values();
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: settingsKey,
      UpdateExpression: 'SET #attribute = :text',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':text': { S: text } },
    }),
  );
  client.destroy();
}
