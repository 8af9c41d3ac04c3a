import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SpendingLimits } from '../ledger/budget.ts';
import type { AuditMark } from '../orders/audit-orders.ts';
import type { Breaker, ControlState } from '../orders/control-port.ts';
import type { Clock } from '../time/clock.ts';
import {
  breakerFromItem,
  breakerKey,
  breakerToItem,
  controlStateOf,
  type Settings,
  settingsFromItem,
  settingsKey,
  settingsToItem,
} from './control-items.ts';
import { type Item, itemKey } from './order-item.ts';
import { tableShape } from './table-shape.ts';
import { isRefusal, storeError, type TransactionTools, writeTogether } from './transactions.ts';

const auditKey = itemKey('AUDIT');

/** What reading needs. */
export interface ControlQueryTools {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
}

/** Mode, breaker and limits as they are now. */
export async function readControl(tools: ControlQueryTools, ceiling: SpendingLimits): Promise<ControlState> {
  const [settings, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  return controlStateOf(settings, breaker, ceiling);
}

/** The breaker as functions see it: they can open it, and nothing else. */
export function createBreaker(
  tools: TransactionTools & ControlQueryTools & { readonly clock: Pick<Clock, 'now'> },
): Breaker {
  return {
    open: async (reason, reference) => {
      const put = {
        Put: {
          TableName: tools.tableName,
          Item: breakerToItem(reason, reference, tools.clock.now()),
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': tableShape.partitionKey },
        },
      };
      const result = await writeTogether(tools, [put]);
      if (result.kind === 'refused' && !result.reasons.some(isRefusal)) throw storeError(undefined);
    },
  };
}

/** What is set, for administrators to see. */
export async function readSettings(
  tools: ControlQueryTools,
): Promise<{ settings: Settings | undefined; breaker: ControlState['breaker'] }> {
  const [settings, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  return { settings: settingsFromItem(settings), breaker: breakerFromItem(breaker) };
}

/** Sets mode and limits. For administrators: no function may. */
export async function putSettings(tools: ControlQueryTools, settings: Settings, now: number): Promise<void> {
  const command = new PutItemCommand({ TableName: tools.tableName, Item: settingsToItem(settings, now) });
  await tools.client.send(command);
}

/** Closes the breaker. For administrators: no function may. */
export async function closeBreaker(tools: ControlQueryTools): Promise<void> {
  await tools.client.send(new DeleteItemCommand({ TableName: tools.tableName, Key: breakerKey }));
}

/** Where the audit's mark is kept. */
export function createAuditMark(tools: TransactionTools & ControlQueryTools): AuditMark {
  return {
    read: async () => {
      const text = (await readItem(tools, auditKey))?.['upTo']?.N;
      return text === undefined ? undefined : Number(text);
    },
    write: async (upTo) => {
      const Item = { ...auditKey, upTo: { N: String(upTo) } };
      await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
    },
  };
}

async function readItem(tools: ControlQueryTools, key: Item): Promise<Item | undefined> {
  const command = new GetItemCommand({ TableName: tools.tableName, Key: key, ConsistentRead: true });
  const { Item: item } = await tools.client.send(command).catch((error: unknown) => {
    throw storeError(error);
  });
  return item;
}
