import {
  describeSettings,
  differencesBetween,
  type SettingDifference,
} from '../../shared/settings/differences.ts';
import { newStageSettings } from '../../shared/settings/settings.ts';
import type { TableTools } from '../../shared/store/read-item.ts';
import { readHistory, type SettingsVersion } from '../../shared/store/settings-store.ts';

/** A version of the settings with what it changed; nothing where it cannot be understood. */
export interface HistoryEntry {
  readonly version: SettingsVersion;
  readonly differences: readonly SettingDifference[];
}

/**
 * The newest versions, newest first, each with what it changed.
 *
 * @throws StoreUnavailableError
 */
export async function readHistoryEntries(tools: TableTools, limit: number): Promise<readonly HistoryEntry[]> {
  // One more, for the oldest one that is shown to be compared with.
  const versions = await readHistory(tools, limit + 1);
  return versions.slice(0, limit).map((version, index) => ({
    version,
    differences: differencesFrom(versions[index + 1], version),
  }));
}

/** @param before undefined: this is the first version, and all of it is new */
function differencesFrom(
  before: SettingsVersion | undefined,
  { settings }: SettingsVersion,
): readonly SettingDifference[] {
  if (settings === undefined) return [];
  const was =
    before === undefined ? new Map() : describeSettings(before.settings ?? newStageSettings, undefined);
  return differencesBetween(was, describeSettings(settings, undefined));
}
