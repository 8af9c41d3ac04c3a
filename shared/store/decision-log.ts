import * as v from 'valibot';
import { orderStates } from '../orders/order.ts';
import { InvalidCursorError } from '../orders/store-port.ts';
import type { Decision, DecisionLog, DecisionPage, DecisionQuery } from '../top-up/decisions/decision.ts';
import { type Item, itemKey } from './item.ts';
import { amountText, parseJson, toJson } from './json-attribute.ts';
import { partitions } from './partitions.ts';
import { queryItems } from './query-items.ts';
import type { TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const { partitionKey, sortKey, timeToLive } = tableShape;
const retentionSeconds = 14 * 24 * 60 * 60;

const action = v.variant('action', [
  v.object({
    action: v.literal('order'),
    orderId: v.exactOptional(v.string()),
    state: v.exactOptional(v.picklist(orderStates)),
    purpose: v.picklist(['patient', 'urgent']),
    quantity: v.number(),
    limitPrice: v.string(),
    result: v.string(),
  }),
  v.object({ action: v.literal('cancel'), orderId: v.string(), result: v.string() }),
  v.object({ action: v.literal('transfer'), units: v.string(), result: v.string() }),
]);
const decisionSchema = v.object({
  instrument: v.string(),
  at: v.number(),
  trigger: v.picklist(['schedule', 'wake-up']),
  policy: v.string(),
  explanation: v.object({
    reason: v.string(),
    words: v.string(),
    figures: v.record(v.string(), v.number()),
    boundBy: v.nullable(v.string()),
  }),
  usable: amountText,
  incoming: amountText,
  coverMinutes: v.optional(v.number()),
  bestAsk: v.optional(amountText),
  bookReadAt: v.optional(v.number()),
  actions: v.array(action),
});

/**
 * Keeps decisions in DynamoDB: one partition for each instrument, sorted by time. Each is one small item with its content
 * as JSON. Apart from reading them, which takes more code than those who record have use for.
 */
export function createDecisionRecorder(
  tools: TransactionTools & Pick<TableTools, 'tableName'>,
): Pick<DecisionLog, 'record'> {
  return {
    record: async (decision) => {
      const Item = decisionToItem(decision);
      await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
    },
  };
}

/** Lists them. */
export function createDecisionReader(tools: TableTools): Pick<DecisionLog, 'list'> {
  return { list: (query) => list(tools, query) };
}

async function list(tools: TableTools, { instrument, limit, cursor }: DecisionQuery): Promise<DecisionPage> {
  const partition = partitionOf(instrument);
  const { items } = await queryItems(tools, {
    ScanIndexForward: false,
    Limit: limit + 1,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': partitionKey },
    ExpressionAttributeValues: { ':partition': { S: partition } },
    ...(cursor === undefined ? {} : { ExclusiveStartKey: itemKey(partition, readCursor(cursor)) }),
  });
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1)?.[sortKey]?.S : undefined;
  return {
    decisions: page.map(decisionFromItem).filter((decision) => decision !== undefined),
    nextCursor: last === undefined ? undefined : Buffer.from(last, 'utf8').toString('base64url'),
  };
}

function decisionToItem(decision: Decision): Item {
  const { instrument, at, trigger } = decision;
  return {
    ...itemKey(partitionOf(instrument), `${new Date(at).toISOString()}#${trigger}`),
    decision: { S: toJson(decision) },
    [timeToLive]: { N: String(Math.floor(at / 1000) + retentionSeconds) },
  };
}

/** Undefined if it was written in another form: people can do without an old decision. */
function decisionFromItem(item: Item): Decision | undefined {
  const parsed = v.safeParse(decisionSchema, parseJson(item['decision']?.S));
  if (!parsed.success) return undefined;
  const { at, bestAsk, bookReadAt } = parsed.output;
  // Where only the price is told, the check itself has read it.
  return bestAsk === undefined || bookReadAt !== undefined
    ? parsed.output
    : { ...parsed.output, bookReadAt: at };
}

/** @throws InvalidCursorError if we did not write it */
function readCursor(cursor: string): string {
  const sort = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[a-z-]{1,20}$/.test(sort)) throw new InvalidCursorError();
  return sort;
}

function partitionOf(instrument: string): string {
  return `${partitions.decision}${instrument}`;
}
