import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Budget, SpendingLimits } from '../ledger/budget.ts';
import type { AuditMark } from '../orders/audit-orders.ts';
import { type Breaker, type ControlState, type StopReason, stopReasonOf } from '../orders/control-port.ts';
import { StoreUnavailableError } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import { budgetFromItem, budgetKey, rateKey } from './budget-items.ts';
import {
  breakerFromItem,
  breakerKey,
  breakerToItem,
  controlStateOf,
  raisedAlarmToItem,
  type Settings,
  settingsFromItem,
  settingsKey,
  settingsToItem,
} from './control-items.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const auditKey = itemKey(partitions.audit);

/** Mode, breaker and limits as they are now. */
export async function readControl(tools: TableTools, ceiling: SpendingLimits): Promise<ControlState> {
  const [settings, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  return controlStateOf(settings, breaker, ceiling);
}

/** Why something was refused because everything is stopped; if that has just ended, it is refused all the same. */
export async function stopReasonNow(tools: TableTools, ceiling: SpendingLimits): Promise<StopReason> {
  return stopReasonOf(await readControl(tools, ceiling)) ?? 'PAUSED';
}

/**
 * The breaker as functions see it: they can open it, and nothing else.
 *
 * @param onOpened is told when it was closed before
 */
export function createBreaker(
  tools: TransactionTools & TableTools & { readonly clock: Pick<Clock, 'now'> },
  onOpened: () => void = () => {},
): Breaker {
  const putIfAbsent = (Item: Item) => ({
    Put: {
      TableName: tools.tableName,
      Item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': tableShape.partitionKey },
    },
  });
  const write = async (...items: readonly Item[]): Promise<void> => {
    const result = await writeTogether(tools, items.map(putIfAbsent));
    if (result.kind === 'written') onOpened();
  };
  return {
    open: (reason, reference, note) => write(breakerToItem(reason, reference, tools.clock.now(), note)),
    openOnce: (reason, reference) => {
      const now = tools.clock.now();
      return write(breakerToItem(reason, reference, now), raisedAlarmToItem(reason, reference, now));
    },
  };
}

/**
 * The budget of a period, as its last order has left it; undefined if there was none.
 *
 * @throws StoreUnavailableError also when the item is not one of ours: a budget that cannot be read is not unused
 */
export async function readBudget(tools: TableTools, period: string): Promise<Budget | undefined> {
  const item = await readItem(tools, budgetKey(period));
  if (item === undefined) return undefined;
  const budget = budgetFromItem(item);
  if (budget === undefined) throw new StoreUnavailableError('budget-unreadable');
  return budget;
}

/** How many orders were recorded in the hour of a time, ms since the epoch. */
export async function readOrdersInHour(tools: TableTools, at: number): Promise<number> {
  return Number((await readItem(tools, rateKey(at)))?.['orders']?.N ?? 0);
}

/** What is set, for administrators to see. */
export async function readSettings(
  tools: TableTools,
): Promise<{ settings: Settings | undefined; breaker: ControlState['breaker'] }> {
  const [settings, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  return { settings: settingsFromItem(settings), breaker: breakerFromItem(breaker) };
}

/** Sets mode and limits. For administrators: no function may. */
export async function putSettings(tools: TableTools, settings: Settings, now: number): Promise<void> {
  const command = new PutItemCommand({ TableName: tools.tableName, Item: settingsToItem(settings, now) });
  await tools.client.send(command);
}

/** Closes the breaker. For administrators: no function may. */
export async function closeBreaker(tools: TableTools): Promise<void> {
  await tools.client.send(new DeleteItemCommand({ TableName: tools.tableName, Key: breakerKey }));
}

/** Where the audit's mark is kept. */
export function createAuditMark(tools: TransactionTools & TableTools): AuditMark {
  return {
    read: async () => {
      const item = await readItem(tools, auditKey);
      const [beganAt, upTo] = [item?.['beganAt']?.N, item?.['upTo']?.N];
      return beganAt === undefined || upTo === undefined
        ? undefined
        : { beganAt: Number(beganAt), upTo: Number(upTo) };
    },
    write: async ({ beganAt, upTo }) => {
      const Item = { ...auditKey, beganAt: { N: String(beganAt) }, upTo: { N: String(upTo) } };
      await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
    },
  };
}
