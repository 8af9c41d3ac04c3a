import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { StoredMemory, TopUpMemory, TopUpMemoryStore } from '../top-up/memory-port.ts';
import { type Item, itemKey } from './item.ts';
import { amountText, parseJson, toJson } from './json-attribute.ts';
import { partitions } from './partitions.ts';
import { queryItems } from './query-items.ts';
import type { TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const { partitionKey, sortKey, timeToLive } = tableShape;
const dayPrefix = 'day#';
/** A day's use is kept a little longer than any policy looks back. */
const dayRetentionSeconds = 10 * 24 * 60 * 60;

const parcelSchema = v.object({ units: amountText, at: v.number() });
const memorySchema = v.object({
  arrivals: v.object({
    at: v.number(),
    bought: amountText,
    onTheWay: v.array(parcelSchema),
    early: v.array(parcelSchema),
    behind: amountText,
    lastUsable: amountText,
    lastCount: v.optional(amountText),
    roseUncounted: v.boolean(),
    missingSince: v.optional(v.number()),
    countIsWrong: v.boolean(),
  }),
  toldFills: v.object({ quantity: amountText, spent: amountText }),
  /** Without its days, which are items of their own. */
  policy: v.optional(v.looseObject({ version: v.number() })),
  use: v.optional(v.object({ perMinute: v.number(), minutes: v.number() })),
  book: v.optional(v.object({ readAt: v.number(), bestAsk: v.optional(amountText) })),
});
const daySchema = v.array(v.number());

/**
 * The memories of balance checks in DynamoDB. A memory is one partition: an item with what changes at every check, and one
 * for each day of use, of which only today's is written. One query reads all of it.
 */
export function createTopUpMemoryStore(tools: TableTools & TransactionTools): TopUpMemoryStore {
  return {
    read: (instrument) => read(tools, instrument),
    write: (instrument, memory, previous) => write(tools, instrument, memory, previous),
  };
}

async function read(tools: TableTools, instrument: string): Promise<StoredMemory> {
  const items = await readPartition(tools, partitionOf(instrument));
  const main = items.find((item) => item[sortKey]?.S === 'v0');
  const version = Number(main?.['version']?.N ?? 0);
  const parsed = v.safeParse(memorySchema, parseJson(main?.['memory']?.S));
  if (!parsed.success) return { memory: undefined, version };
  const { arrivals, toldFills, policy, use, book } = parsed.output;
  const state = policy === undefined ? undefined : { ...policy, days: daysIn(items) };
  return { memory: { arrivals, toldFills, policy: state, use, book }, version };
}

async function readPartition(tools: TableTools, partition: string): Promise<readonly Item[]> {
  const { items } = await queryItems(tools, {
    ConsistentRead: true,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': partitionKey },
    ExpressionAttributeValues: { ':partition': { S: partition } },
  });
  return items;
}

/** A day that cannot be read is a day without history. */
function daysIn(items: readonly Item[]): Record<string, readonly number[]> {
  const days: Record<string, readonly number[]> = {};
  for (const item of items) {
    const sort = item[sortKey]?.S ?? '';
    const day = v.safeParse(daySchema, parseJson(item['use']?.S));
    if (sort.startsWith(dayPrefix) && day.success) days[sort.slice(dayPrefix.length)] = day.output;
  }
  return days;
}

async function write(
  tools: TableTools & TransactionTools,
  instrument: string,
  memory: TopUpMemory,
  previous: StoredMemory,
): Promise<'written' | 'stale'> {
  const partition = partitionOf(instrument);
  const known = previous.memory?.policy?.days ?? {};
  const changed = Object.entries(memory.policy?.days ?? {}).filter(
    ([day, use]) => JSON.stringify(known[day]) !== JSON.stringify(use),
  );
  const result = await writeTogether(tools, [
    putMain(tools.tableName, partition, memory, previous.version),
    ...changed.map(([day, use]) => putDay(tools.tableName, partition, day, use)),
  ]);
  return result.kind === 'written' ? 'written' : 'stale';
}

function putMain(
  tableName: string,
  partition: string,
  { arrivals, toldFills, policy, use, book }: TopUpMemory,
  previousVersion: number,
): TransactWriteItem {
  const { days: _days, ...state } = policy ?? { days: {} };
  const kept = { arrivals, toldFills, use, book, ...(policy === undefined ? {} : { policy: state }) };
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...itemKey(partition),
        version: { N: String(previousVersion + 1) },
        memory: { S: toJson(kept) },
      },
      ...(previousVersion === 0
        ? {
            ConditionExpression: 'attribute_not_exists(#key)',
            ExpressionAttributeNames: { '#key': partitionKey },
          }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': { N: String(previousVersion) } },
          }),
    },
  };
}

function putDay(
  tableName: string,
  partition: string,
  day: string,
  use: readonly number[],
): TransactWriteItem {
  const expiry = Math.floor(Date.parse(day) / 1000) + dayRetentionSeconds;
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...itemKey(partition, `${dayPrefix}${day}`),
        use: { S: JSON.stringify(use) },
        [timeToLive]: { N: String(expiry) },
      },
    },
  };
}

function partitionOf(instrument: string): string {
  return `${partitions.memory}${instrument}`;
}
