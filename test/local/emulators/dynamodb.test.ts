import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientOptions } from '../../../local/emulators/aws-endpoint.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/emulators/dynamodb/start-dynamodb.ts';

const TableName = 'orders';

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'work', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'work',
          KeySchema: [{ AttributeName: 'work', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await vi.waitUntil(
    async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return Table?.TableStatus === 'ACTIVE';
    },
    { timeout: 10_000 },
  );
}

describe.each(['extenddb', 'dynoxide'] as const)('the DynamoDB engine %s', (engine) => {
  let dataDirectory: string;
  let server: LocalDynamoDb;
  let client: DynamoDBClient;

  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'grid-buyer-test-'));
    server = await startDynamoDb({ engine, dataDirectory });
    client = new DynamoDBClient(clientOptions(server));
    await createTable(client);
  });

  afterAll(async () => {
    client.destroy();
    await server.close();
    await rm(dataDirectory, { recursive: true });
  });

  it('cancels a transaction as a whole and gives the old item of the failed condition', async () => {
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'held' }, state: { S: 'open' } } }));
    const transaction = client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: { S: 'other' } } } },
          {
            Put: {
              TableName,
              Item: { pk: { S: 'held' }, state: { S: 'done' } },
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    );
    const failure: unknown = await transaction.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure).toMatchObject({
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { state: { S: 'open' } } },
      ],
    });
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'other' } } }));
    expect(Item).toBeUndefined();
  });

  it('keeps a sparse index', async () => {
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'busy' }, work: { S: 'open' } } }));
    const query = new QueryCommand({
      TableName,
      IndexName: 'work',
      KeyConditionExpression: '#work = :open',
      ExpressionAttributeNames: { '#work': 'work' },
      ExpressionAttributeValues: { ':open': { S: 'open' } },
    });
    // An index lags behind its table, here as in AWS.
    await expect
      .poll(async () => (await client.send(query)).Items)
      .toEqual([{ pk: { S: 'busy' }, work: { S: 'open' } }]);
  });

  it('has after a restart what it had acknowledged', async () => {
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'kept' }, n: { N: '0.10' } } }));
    client.destroy();
    await server.close();
    server = await startDynamoDb({ engine, dataDirectory });
    client = new DynamoDBClient(clientOptions(server));
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 'kept' } }, ConsistentRead: true }),
    );
    expect(Item).toEqual({ pk: { S: 'kept' }, n: { N: '0.1' } });
    expect(await readdir(dataDirectory)).toContain(`dynamodb.${engine}.sqlite`);
  });
});

describe('the choice of the engine', () => {
  it('is told by the environment', async () => {
    const server = await startDynamoDb({ environment: { GRID_BUYER_DYNAMODB_ENGINE: 'dynoxide' } });
    await server.close();
    expect(server.engine).toBe('dynoxide');
  });

  it('refuses a name that is none', async () => {
    const environment = { GRID_BUYER_DYNAMODB_ENGINE: 'sqlite' };
    await expect(startDynamoDb({ environment })).rejects.toThrow('it can be extenddb or dynoxide');
  });

  it('uses a server that runs already, and leaves it running', async () => {
    const running = await startDynamoDb({ engine: 'dynoxide' });
    const environment = { GRID_BUYER_DYNAMODB_ENDPOINT: running.endpoint };
    const first = await startDynamoDb({ environment });
    await first.close();
    const second = await startDynamoDb({ environment });
    await running.close();
    expect(second).toMatchObject({ engine: 'given', endpoint: running.endpoint });
  });
});
