import type { Budget, SpendingLimits } from '../ledger/budget.ts';
import type { AuditMark } from '../orders/audit-orders.ts';
import { type Breaker, type StopReason, stopReasonOf } from '../orders/control-port.ts';
import { StoreUnavailableError } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import { budgetFromItem, budgetKey, rateKey } from './budget-items.ts';
import {
  breakerKey,
  breakerToItem,
  type ControlReading,
  controlStateOf,
  raisedAlarmToItem,
} from './control-items.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { settingsKey } from './settings-items.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const auditKey = itemKey(partitions.audit);

/**
 * Settings, breaker and limits as they are now.
 *
 * @throws StoreUnavailableError
 */
export async function readControl(tools: TableTools, ceiling: SpendingLimits): Promise<ControlReading> {
  const [settings, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  return controlStateOf(settings, breaker, ceiling);
}

/** Why something was refused because everything is stopped; undefined if that has just ended. */
export async function stopReasonNow(
  tools: TableTools,
  ceiling: SpendingLimits,
): Promise<StopReason | undefined> {
  return stopReasonOf(await readControl(tools, ceiling));
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
    note: async (reason, reference) => {
      await writeTogether(tools, [putIfAbsent(raisedAlarmToItem(reason, reference, tools.clock.now()))]);
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
