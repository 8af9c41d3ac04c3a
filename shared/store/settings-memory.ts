import { createHash } from 'node:crypto';
import type { SettingsMemory } from '../orders/watch-settings.ts';
import { itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { settingsKey } from './settings-items.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

/** Beside what else only the checks of the schedule write. */
const seenKey = itemKey(partitions.refusedChecks, 'settings');

/** Where it is kept which settings a check last saw. */
export function createSettingsMemory(tools: TransactionTools & TableTools): SettingsMemory {
  return {
    current: async () => markOf(await readItem(tools, settingsKey)),
    lastSeen: async () => (await readItem(tools, seenKey))?.['mark']?.S,
    note: async (mark) => {
      const Item = { ...seenKey, mark: { S: mark } };
      await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
    },
  };
}

/** Of the whole item, also of attributes that nothing here reads: whoever wrote them changed the settings. */
function markOf(item: object | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(item ?? {})))
    .digest('base64url');
}

/** DynamoDB promises no order of attributes. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, of]) => [name, sorted(of)]);
}
