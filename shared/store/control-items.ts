import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { SpendingLimits } from '../ledger/budget.ts';
import type { ControlState } from '../orders/control-port.ts';
import { limitsInForce } from '../settings/in-force.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { type StoredSettings, settingsFromItem } from './settings-items.ts';
import { tableShape } from './table-shape.ts';

/** There while the breaker is open. */
export const breakerKey = itemKey(partitions.breaker);

/** Whether and how much may be bought, and the settings that say so. */
export interface ControlReading extends ControlState {
  readonly stored: StoredSettings;
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
 * The state that the two items describe. Settings that cannot be understood mean: do not buy.
 *
 * @param ceiling the deployment's limits, which no setting can exceed
 */
export function controlStateOf(
  settings: Item | undefined,
  breaker: Item | undefined,
  ceiling: SpendingLimits,
): ControlReading {
  const stored = settingsFromItem(settings);
  return {
    mode: stored.settings?.mode ?? 'SETTINGS_UNUSABLE',
    settingsVersion: stored.version,
    settingsReason: settings?.['reason']?.S,
    breaker: breakerFromItem(breaker),
    limits: stored.settings === undefined ? ceiling : limitsInForce(ceiling, stored.settings),
    stored,
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
