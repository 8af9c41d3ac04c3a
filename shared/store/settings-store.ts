import { DeleteItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ControlState, OpenBreaker } from '../orders/control-port.ts';
import type { Settings } from '../settings/settings.ts';
import type { Clock } from '../time/clock.ts';
import { breakerFromItem, breakerKey } from './control-items.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { queryItems } from './query-items.ts';
import { readItem, type TableTools } from './read-item.ts';
import { type StoredSettings, settingsFromItem, settingsKey, settingsToItem } from './settings-items.ts';
import { tableShape } from './table-shape.ts';
import { storeError, type TransactionTools, writeTogether } from './transactions.ts';
import { putFirstVersion } from './versions.ts';

const { partitionKey } = tableShape;

/** Who has set the settings, why, and when (ms since the epoch). */
export interface SettingsNote {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
}

/** One version of the settings. */
export type SettingsVersion = StoredSettings & SettingsNote;

/** The settings as an administrator finds them. */
export interface CurrentSettings {
  /** Undefined if nobody has set anything. */
  readonly current: SettingsVersion | undefined;
  readonly breaker: ControlState['breaker'];
  /** What the next write is conditional on. */
  readonly item: Item | undefined;
}

/** The table, to be read and written by an administrator. */
export type SettingsStoreTools = TableTools & TransactionTools & { readonly clock: Pick<Clock, 'now'> };

/**
 * What is set, for administrators to see.
 *
 * @throws StoreUnavailableError
 */
export async function readSettings(tools: TableTools): Promise<CurrentSettings> {
  const [item, breaker] = await Promise.all([readItem(tools, settingsKey), readItem(tools, breakerKey)]);
  const current = item === undefined ? undefined : versionFromItem(item);
  return { current, breaker: breakerFromItem(breaker), item };
}

/**
 * Makes these the settings, as the next version, and keeps them in the history: both or neither. For administrators: no
 * function may.
 *
 * @param before what the change was decided by
 * @param options.closesBreaker close the breaker with it, if it was open
 * @returns the version that was written; undefined if the settings are others by now, or the breaker that is to be closed
 *   was opened for something else, and nothing was written
 * @throws StoreUnavailableError
 */
export async function writeSettings(
  tools: TableTools & TransactionTools,
  before: Pick<CurrentSettings, 'item' | 'breaker'>,
  settings: Settings,
  note: SettingsNote,
  { closesBreaker = false }: { readonly closesBreaker?: boolean } = {},
): Promise<number | undefined> {
  const { tableName } = tools;
  const [newest] = await readHistory(tools, 1);
  // Also above those of the history, should somebody have replaced the item by hand.
  const version = Math.max(settingsFromItem(before.item).version, newest?.version ?? 0) + 1;
  const item = { ...settingsToItem(settings, version), ...noteToItem(note) };
  const writes = [
    putAfter(tableName, before.item, { ...settingsKey, ...item }),
    putFirstVersion(tableName, { ...item, ...historyKey(version) }),
  ];
  // What a tool without a history has left would be lost otherwise.
  if (before.item !== undefined && before.item['version'] === undefined) {
    writes.push({ Put: { TableName: tableName, Item: { ...before.item, ...historyKey(0) } } });
  }
  if (closesBreaker && before.breaker !== undefined) writes.push(deleteBreaker(tableName, before.breaker));
  return (await writeTogether(tools, writes)).kind === 'written' ? version : undefined;
}

/**
 * The newest versions, newest first.
 *
 * @throws StoreUnavailableError
 */
export async function readHistory(tools: TableTools, limit: number): Promise<readonly SettingsVersion[]> {
  const { items } = await queryItems(tools, {
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: limit,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': partitionKey },
    ExpressionAttributeValues: { ':partition': { S: partitions.settingsHistory } },
  });
  return items.map(versionFromItem);
}

/**
 * One version of the history; undefined if there is none under this number.
 *
 * @throws StoreUnavailableError
 */
export async function readVersion(tools: TableTools, version: number): Promise<SettingsVersion | undefined> {
  const item = await readItem(tools, historyKey(version));
  return item === undefined ? undefined : versionFromItem(item);
}

/**
 * Closes the breaker. For administrators: no function may.
 *
 * @throws StoreUnavailableError
 */
export async function closeBreaker({ client, tableName }: TableTools): Promise<void> {
  await client
    .send(new DeleteItemCommand({ TableName: tableName, Key: breakerKey }))
    .catch((error: unknown) => {
      throw storeError(error);
    });
}

/** Sorted by number; there is no time to live: the history stays. */
function historyKey(version: number): Item {
  return itemKey(partitions.settingsHistory, `v${String(version).padStart(10, '0')}`);
}

/** Writes the settings if they are still those that were read. */
function putAfter(tableName: string, before: Item | undefined, item: Item): TransactWriteItem {
  if (before === undefined) return putFirstVersion(tableName, item);
  const { version } = before;
  return {
    Put: {
      TableName: tableName,
      Item: item,
      ConditionExpression:
        version === undefined
          ? 'attribute_exists(#key) AND attribute_not_exists(#version)'
          : 'attribute_exists(#key) AND #version = :version',
      ExpressionAttributeNames: { '#key': partitionKey, '#version': 'version' },
      ...(version === undefined ? {} : { ExpressionAttributeValues: { ':version': version } }),
    },
  };
}

/** Closes the breaker if it is still open for what was seen. */
function deleteBreaker(tableName: string, { reason, at }: OpenBreaker): TransactWriteItem {
  return {
    Delete: {
      TableName: tableName,
      Key: breakerKey,
      ConditionExpression: '#reason = :reason AND #at = :at',
      ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' },
      ExpressionAttributeValues: { ':reason': { S: reason }, ':at': { N: String(at) } },
    },
  };
}

function noteToItem({ by, reason, at }: SettingsNote): Item {
  return { by: { S: by }, reason: { S: reason }, at: { N: String(at) } };
}

function versionFromItem(item: Item): SettingsVersion {
  return {
    ...settingsFromItem(item),
    by: item['by']?.S ?? 'unknown',
    reason: item['reason']?.S ?? 'unknown',
    at: Number(item['at']?.N ?? 0),
  };
}
