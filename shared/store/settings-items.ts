import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { formatUsd, parseDecimal } from '../ledger/decimal.ts';
import { newStageSettings, type ParsedSettings, parseSettings, type Settings } from '../settings/settings.ts';
import { type Item, itemKey } from './item.ts';
import { parseJson } from './json-attribute.ts';
import { partitions } from './partitions.ts';

/** The administrator's item: mode, limits and what is set of instruments. */
export const settingsKey = itemKey(partitions.settings);

const amounts = ['perOrder', 'perDay', 'perMonth'] as const;

/** The settings that an item holds, and their version. */
export type StoredSettings = ParsedSettings & { readonly version: number };

/** What an item says of settings; who sets them adds its key. Limits are exact numbers, in units of 10⁻⁸ USD. */
export function settingsToItem({ mode, spendingLimits, instruments }: Settings, version: number): Item {
  const item: Item = {
    mode: { S: mode },
    version: { N: String(version) },
    instruments: { S: JSON.stringify(instruments) },
  };
  for (const name of amounts) {
    const amount = spendingLimits[name];
    if (amount !== undefined) item[name] = { N: (parseDecimal(amount) ?? 0n).toString() };
  }
  const { ordersPerHour } = spendingLimits;
  if (ordersPerHour !== undefined) item['ordersPerHour'] = { N: String(ordersPerHour) };
  return item;
}

/** Settings as an item holds them. One without a version was written by a tool that kept none: that is version 0. */
export function settingsFromItem(item: Item | undefined): StoredSettings {
  if (item === undefined) return { settings: newStageSettings, problems: [], version: 0 };
  const version = item['version'] === undefined ? 0 : Number(item['version'].N);
  if (!Number.isSafeInteger(version) || version < 0) {
    return { settings: undefined, problems: ['version: must be a whole number'], version: 0 };
  }
  const { mode, instruments } = item;
  const parsed = parseSettings({
    mode: mode?.S,
    spendingLimits: limitsIn(item),
    // What is no JSON is not the same as nothing.
    instruments: instruments === undefined ? {} : (parseJson(instruments.S) ?? null),
  });
  return { ...parsed, version };
}

/** What is no number is no limit, and for the schema to refuse. */
function limitsIn(item: Item): object {
  const limits: Record<string, unknown> = {};
  for (const name of amounts) {
    const amount = item[name];
    if (amount !== undefined)
      limits[name] = /^\d+$/.test(amount.N ?? '') ? formatUsd(BigInt(amount.N ?? '')) : '';
  }
  const orders = item['ordersPerHour'];
  if (orders !== undefined) limits['ordersPerHour'] = Number(orders.N);
  return limits;
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

/** Holds only while the mode is LIVE and the settings are of this version. */
export function requireLiveVersion(tableName: string, version: number): TransactWriteItem {
  const isFirst = version === 0;
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: settingsKey,
      ConditionExpression: `#mode = :live AND ${isFirst ? 'attribute_not_exists(#version)' : '#version = :version'}`,
      ExpressionAttributeNames: { '#mode': 'mode', '#version': 'version' },
      ExpressionAttributeValues: {
        ':live': { S: 'LIVE' },
        ...(isFirst ? {} : { ':version': { N: String(version) } }),
      },
    },
  };
}
