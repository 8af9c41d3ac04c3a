import * as v from 'valibot';
import type { StoredMemory, TopUpMemory, TopUpMemoryStore } from '../top-up/memory-port.ts';
import { itemKey } from './item.ts';
import { readItem, type TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const units = v.pipe(
  v.string(),
  v.regex(/^-?\d+$/),
  v.transform((text) => BigInt(text)),
);
const parcelSchema = v.object({ units, at: v.number() });
const memorySchema = v.object({
  arrivals: v.object({
    bought: units,
    onTheWay: v.array(parcelSchema),
    early: v.array(parcelSchema),
    behind: units,
    lastUsable: units,
    lastCount: v.optional(units),
    countIsWrong: v.boolean(),
  }),
});

/** The memories of balance checks in DynamoDB: one item for each instrument, its content as JSON. */
export function createTopUpMemoryStore(tools: TableTools & TransactionTools): TopUpMemoryStore {
  return {
    read: (instrument) => read(tools, instrument),
    write: (instrument, memory, previousVersion) => write(tools, instrument, memory, previousVersion),
  };
}

async function read(tools: TableTools, instrument: string): Promise<StoredMemory> {
  const item = await readItem(tools, memoryKey(instrument));
  const parsed = v.safeParse(memorySchema, parseJson(item?.['memory']?.S));
  return {
    memory: parsed.success ? parsed.output : undefined,
    version: Number(item?.['version']?.N ?? 0),
  };
}

async function write(
  tools: TableTools & TransactionTools,
  instrument: string,
  memory: TopUpMemory,
  previousVersion: number,
): Promise<'written' | 'stale'> {
  const { partitionKey } = tableShape;
  const result = await writeTogether(tools, [
    {
      Put: {
        TableName: tools.tableName,
        Item: {
          ...memoryKey(instrument),
          version: { N: String(previousVersion + 1) },
          memory: { S: JSON.stringify(memory, bigintAsText) },
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
    },
  ]);
  return result.kind === 'written' ? 'written' : 'stale';
}

function memoryKey(instrument: string) {
  return itemKey(`TOPUP#${instrument}`);
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
