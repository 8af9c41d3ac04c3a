import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableName } from '../configuration/environment.ts';
import type { Settings } from '../settings/settings.ts';
import { readItem } from '../store/read-item.ts';
import { settingsFromItem, settingsKey } from '../store/settings-items.ts';

/**
 * Connects the settings with the table of the stage, and nothing else.
 *
 * @returns reads them: undefined if they cannot be understood
 */
export function openSettings(environment: Environment): () => Promise<Settings | undefined> {
  const tools = { client: dynamoDbClient(), tableName: readTableName(environment) };
  return async () => settingsFromItem(await readItem(tools, settingsKey)).settings;
}
