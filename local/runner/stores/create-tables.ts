import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type TableDescription as ExistingTable,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type AwsEndpoint, clientOptions } from '../../emulators/aws-endpoint.ts';
import type { TableDescription } from '../resources/tables.ts';
import { TemplateError } from '../template/template-error.ts';

const pollMs = 25;
const patienceMs = 30_000;

/**
 * Creates the tables that do not exist yet, and waits until all can be used.
 * @throws TemplateError when a table exists with other keys or indexes: the runner does not migrate
 */
export async function createTables(server: AwsEndpoint, tables: readonly TableDescription[]): Promise<void> {
  const client = new DynamoDBClient(clientOptions(server));
  try {
    await Promise.all(tables.map((table) => createTable(client, table)));
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, table: TableDescription): Promise<void> {
  const existing = await describe(client, table.name);
  if (existing !== undefined) {
    requireSameShape(table, existing);
    return;
  }
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      ...(table.GlobalSecondaryIndexes.length === 0
        ? {}
        : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(asIndexInput) }),
      ...(table.LocalSecondaryIndexes.length === 0
        ? {}
        : { LocalSecondaryIndexes: table.LocalSecondaryIndexes.map(asIndexInput) }),
    }),
  );
  await untilActive(client, table.name);
  await enableTimeToLive(client, table);
}

type IndexDescription = TableDescription['GlobalSecondaryIndexes'][number];

function asIndexInput({ IndexName, KeySchema, Projection }: IndexDescription) {
  const { ProjectionType, NonKeyAttributes } = Projection;
  return {
    IndexName,
    KeySchema,
    Projection: { ProjectionType, ...(NonKeyAttributes === undefined ? {} : { NonKeyAttributes }) },
  };
}

async function describe(client: DynamoDBClient, name: string): Promise<ExistingTable | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!isActive(await describe(client, name))) {
    if (Date.now() > giveUpAt) throw new Error(`The table ${name} did not become active.`);
    await wait(pollMs);
  }
}

function isActive(table: ExistingTable | undefined): boolean {
  const indexes = table?.GlobalSecondaryIndexes ?? [];
  return table?.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');
}

async function enableTimeToLive(client: DynamoDBClient, table: TableDescription): Promise<void> {
  const { AttributeName, Enabled } = table.TimeToLiveSpecification ?? {};
  if (AttributeName === undefined || Enabled === false) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: table.name,
      TimeToLiveSpecification: { AttributeName, Enabled: true },
    }),
  );
}

function requireSameShape(table: TableDescription, existing: ExistingTable): void {
  if (shapeOf(table) === shapeOf(existing)) return;
  throw new TemplateError(
    `${table.logicalId}: the table in the data directory has other keys or indexes than the template. Remove the data directory, or use another one.`,
  );
}

type Key = { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined };

interface Shape {
  readonly KeySchema?: readonly Key[] | undefined;
  readonly GlobalSecondaryIndexes?: readonly IndexShape[] | undefined;
}

interface IndexShape {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly Key[] | undefined;
  readonly Projection?: { readonly ProjectionType?: string | undefined } | undefined;
}

/** A text that is the same for the same keys and indexes, whatever their order. */
function shapeOf({ KeySchema, GlobalSecondaryIndexes }: Shape): string {
  const indexes = (GlobalSecondaryIndexes ?? []).map(
    (index) => `${index.IndexName}(${keysOf(index.KeySchema)}) ${index.Projection?.ProjectionType}`,
  );
  return [keysOf(KeySchema), ...indexes.toSorted()].join('; ');
}

function keysOf(keys: readonly Key[] | undefined): string {
  const written = (keys ?? []).map(({ AttributeName, KeyType }) => `${KeyType}=${AttributeName}`);
  return written.toSorted().join(',');
}
