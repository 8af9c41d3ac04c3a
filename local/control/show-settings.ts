import {
  type DescribedSetting,
  describeSettings,
  lineOf,
  wordsOf,
} from '../../shared/settings/differences.ts';
import { problemsUnder } from '../../shared/settings/problems-under.ts';
import { newStageSettings } from '../../shared/settings/settings.ts';
import { readDeployment } from '../../shared/store/deployment-record.ts';
import type { TableTools } from '../../shared/store/read-item.ts';
import { readSettings, type SettingsVersion } from '../../shared/store/settings-store.ts';
import { readHistoryEntries } from '../administration/settings-history.ts';

/**
 * Everything that is in force, as lines: where no setting says otherwise, what the stage's file says.
 *
 * @throws StoreUnavailableError
 */
export async function showSettings(tools: TableTools): Promise<readonly string[]> {
  const [{ current, breaker }, deployment] = await Promise.all([readSettings(tools), readDeployment(tools)]);
  const settings = current === undefined ? newStageSettings : current.settings;
  return [
    current === undefined
      ? 'Mode: DRY_RUN (never set)'
      : headOf(current, `Mode: ${current.settings?.mode ?? '?'}`),
    breaker === undefined
      ? 'Breaker: closed'
      : `Breaker: open since ${new Date(breaker.at).toISOString()} (${breaker.reason})`,
    ...(current?.problems ?? []).map((problem) => `CANNOT BE UNDERSTOOD, so nothing is bought: ${problem}`),
    ...(settings === undefined ? [] : [...describeSettings(settings, deployment)].slice(1).map(asLine)),
    ...(settings === undefined || deployment === undefined ? [] : problemsUnder(settings, deployment)).map(
      (problem) => `Not in force as it is set: ${problem}`,
    ),
    ...(deployment === undefined
      ? ['What the stage allows is not known before the next balance check.']
      : []),
  ];
}

/**
 * The newest versions, newest first, each with what it changed.
 *
 * @throws StoreUnavailableError
 */
export async function showHistory(tools: TableTools, limit: number): Promise<readonly string[]> {
  const entries = await readHistoryEntries(tools, limit);
  if (entries.length === 0) return ['Nothing was set yet.'];
  return entries.flatMap(({ version, differences }) => [
    headOf(version, version.settings?.mode ?? '?'),
    ...version.problems.map((problem) => `  cannot be understood: ${problem}`),
    ...differences.map((difference) => `  ${lineOf(difference)}`),
  ]);
}

function headOf({ version, by, reason, at }: SettingsVersion, what: string): string {
  const number = version === 0 ? 'without a version' : `version ${version}`;
  return `${what} (${number}, ${new Date(at).toISOString()}, by ${by}: ${reason})`;
}

function asLine([path, setting]: readonly [string, DescribedSetting]): string {
  return `${path}: ${wordsOf(setting)}`;
}
