import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import { type EmbeddedEngine, startDynamoDb } from '../../local/emulators/dynamodb/start-dynamodb.ts';
import { dynamoDbClientAt, type TableClient } from '../../shared/aws/clients.ts';
import { tableShape } from '../../shared/store/table-shape.ts';

/** A real table in a real engine, in memory. */
export interface TestTable {
  readonly client: TableClient;
  readonly tableName: string;
  readonly endpoint: string;
  /** For a client of one's own. */
  readonly options: ReturnType<typeof clientOptions>;
  close(): Promise<void>;
}

const { partitionKey, sortKey, workIndex, createdIndex } = tableShape;

/** Starts an engine with a table of the shape that the stack gives it, and a client like that of the functions. */
export async function startOrderTable(engine: EmbeddedEngine): Promise<TestTable> {
  const server = await startDynamoDb({ engine });
  const options = clientOptions(server);
  const client = dynamoDbClientAt(options);
  const administrator = new DynamoDBClient(clientOptions(server));
  const tableName = 'orders';
  await administrator.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: 'S' },
        { AttributeName: sortKey, AttributeType: 'S' },
        { AttributeName: workIndex.partitionKey, AttributeType: 'S' },
        { AttributeName: workIndex.sortKey, AttributeType: 'N' },
        { AttributeName: createdIndex.partitionKey, AttributeType: 'S' },
        { AttributeName: createdIndex.sortKey, AttributeType: 'N' },
      ],
      KeySchema: keySchema(partitionKey, sortKey),
      GlobalSecondaryIndexes: [
        {
          IndexName: workIndex.name,
          KeySchema: keySchema(workIndex.partitionKey, workIndex.sortKey),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: createdIndex.name,
          KeySchema: keySchema(createdIndex.partitionKey, createdIndex.sortKey),
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await waitUntilTableExists(
    { client: administrator, maxWaitTime: 10, minDelay: 0.1, maxDelay: 0.2 },
    { TableName: tableName },
  );
  administrator.destroy();
  return {
    client,
    tableName,
    endpoint: server.endpoint,
    options,
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}

function keySchema(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
}
