import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { SpendingLimits } from '../ledger/budget.ts';
import { type ControlState, type Mode, modes } from '../orders/control-port.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { tableShape } from './table-shape.ts';

/** The administrator's item: mode and, where they are to be tighter than the deployment's, limits. */
export const settingsKey = itemKey(partitions.settings);
/** There while the breaker is open. */
export const breakerKey = itemKey(partitions.breaker);

const limitNames = ['perOrder', 'perDay', 'perMonth', 'ordersPerHour'] as const;

/** What an administrator may set. */
export interface Settings {
  readonly mode: Mode;
  /** Only what is to be tighter than the deployment's limits. */
  readonly limits: Partial<SpendingLimits>;
  /** Who set it, and why. */
  readonly by: string;
  readonly reason: string;
}

export function settingsToItem(settings: Settings, now: number): Item {
  const item: Item = {
    ...settingsKey,
    mode: { S: settings.mode },
    by: { S: settings.by },
    reason: { S: settings.reason },
    at: { N: String(now) },
  };
  for (const name of limitNames) {
    const limit = settings.limits[name];
    if (limit !== undefined) item[name] = { N: limit.toString() };
  }
  return item;
}

/** Says that a finding has opened the breaker before. */
export function raisedAlarmToItem(reason: string, reference: string, now: number): Item {
  return {
    ...itemKey(`${partitions.alarm}${reason}#${reference}`),
    at: { N: String(now) },
    [tableShape.timeToLive]: { N: expiryOf(now) },
  };
}

export function breakerToItem(reason: string, reference: string, now: number, note?: string): Item {
  return {
    ...breakerKey,
    reason: { S: reason },
    reference: { S: reference },
    at: { N: String(now) },
    ...(note === undefined ? {} : { note: { S: note } }),
  };
}

/** What an administrator has set; undefined if nothing, or nothing readable. */
export function settingsFromItem(item: Item | undefined): Settings | undefined {
  const mode = modes.find((one) => one === item?.['mode']?.S);
  if (item === undefined || mode === undefined) return undefined;
  const limits: Partial<Record<keyof SpendingLimits, bigint>> = {};
  for (const name of limitNames) {
    const text = item[name]?.N;
    if (text !== undefined && /^\d+$/.test(text)) limits[name] = BigInt(text);
  }
  return { mode, limits, by: item['by']?.S ?? 'unknown', reason: item['reason']?.S ?? 'unknown' };
}

/** The open breaker; undefined while it is closed. */
export function breakerFromItem(item: Item | undefined): ControlState['breaker'] {
  if (item === undefined) return undefined;
  return {
    reason: item['reason']?.S ?? 'unknown',
    at: Number(item['at']?.N ?? 0),
    reference: item['reference']?.S,
    note: item['note']?.S,
  };
}

/**
 * The state that the two items describe. What is missing or unreadable means: do not buy.
 *
 * @param ceiling the deployment's limits, which no setting can exceed
 */
export function controlStateOf(
  settings: Item | undefined,
  breaker: Item | undefined,
  ceiling: SpendingLimits,
): ControlState {
  const word = settings?.['mode']?.S;
  return {
    mode: modes.find((mode) => mode === word) ?? (settings === undefined ? 'DRY_RUN' : 'PAUSED'),
    modeReason: settings?.['reason']?.S,
    breaker: breakerFromItem(breaker),
    limits: {
      perOrder: limitOf(settings, 'perOrder', ceiling),
      perDay: limitOf(settings, 'perDay', ceiling),
      perMonth: limitOf(settings, 'perMonth', ceiling),
      ordersPerHour: limitOf(settings, 'ordersPerHour', ceiling),
    },
  };
}

function limitOf(settings: Item | undefined, name: keyof SpendingLimits, ceiling: SpendingLimits): bigint {
  const text = settings?.[name]?.N;
  if (text === undefined) return ceiling[name];
  const limit = /^\d+$/.test(text) ? BigInt(text) : 0n;
  return limit < ceiling[name] ? limit : ceiling[name];
}

/** Holds only while the mode is LIVE. */
export function requireLive(tableName: string): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: settingsKey,
      ConditionExpression: '#mode = :live',
      ExpressionAttributeNames: { '#mode': 'mode' },
      ExpressionAttributeValues: { ':live': { S: 'LIVE' } },
    },
  };
}

/** Holds only while the breaker is closed. */
export function requireClosedBreaker(tableName: string): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: breakerKey,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': tableShape.partitionKey },
    },
  };
}
