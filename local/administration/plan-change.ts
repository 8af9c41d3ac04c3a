import type { Mode } from '../../shared/orders/control-port.ts';
import type { Deployment } from '../../shared/settings/deployment.ts';
import {
  describeSettings,
  differencesBetween,
  type SettingDifference,
} from '../../shared/settings/differences.ts';
import { type Assignment, withAssignments, withoutPaths } from '../../shared/settings/edit.ts';
import { problemsUnder } from '../../shared/settings/problems-under.ts';
import { raisesBetween } from '../../shared/settings/raises.ts';
import { newStageSettings, parseSettings, type Settings } from '../../shared/settings/settings.ts';
import { readDeployment } from '../../shared/store/deployment-record.ts';
import type { TableTools } from '../../shared/store/read-item.ts';
import { type CurrentSettings, readSettings, readVersion } from '../../shared/store/settings-store.ts';

/** What is to be done to the settings. */
export type SettingsChange =
  | { readonly verb: 'mode'; readonly mode: Mode }
  | { readonly verb: 'set'; readonly assignments: readonly Assignment[] }
  | { readonly verb: 'unset'; readonly paths: readonly string[] }
  | { readonly verb: 'restore'; readonly version: number };

/**
 * Why a change cannot be made: what is set cannot be understood, so that nothing can be changed in it; it is not known yet
 * what the deployment allows; what would be set is not valid.
 */
export type ChangeErrorCode = 'settings-unusable' | 'deployment-unknown' | 'settings-invalid';

/** A change that cannot be made; nothing was written. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
  readonly code: ChangeErrorCode;
  readonly problems: readonly string[];

  /** @param problems everything that is wrong, one line each */
  constructor(code: ChangeErrorCode, problems: readonly string[] = []) {
    super(code);
    this.code = code;
    this.problems = problems;
  }
}

/** What a change would do. */
export interface PlannedChange {
  /** What it was decided by. */
  readonly found: CurrentSettings;
  /** Undefined if they cannot be understood. */
  readonly before: Settings | undefined;
  readonly after: Settings;
  /** What differs; nothing if it is so already. */
  readonly differences: readonly SettingDifference[];
  /** What lets more be bought than before, or at a higher price, a line each. */
  readonly raises: readonly string[];
}

/**
 * Decides what the settings would be after a change, checks them as a whole, and says how they differ.
 *
 * @throws ChangeError
 * @throws StoreUnavailableError
 */
export async function planChange(tools: TableTools, change: SettingsChange): Promise<PlannedChange> {
  const found = await readSettings(tools);
  const before = found.current === undefined ? newStageSettings : found.current.settings;
  // Whether anything is bought is nobody's but the administrator's; all else stays within what is deployed.
  const deployment = change.verb === 'mode' ? undefined : await readDeployment(tools);
  const after = await changed(tools, change, before, deployment);
  return {
    found,
    before,
    after,
    differences: differencesBetween(
      before === undefined ? new Map() : describeSettings(before, deployment),
      describeSettings(after, deployment),
    ),
    raises:
      before === undefined
        ? ['what was set before cannot be understood']
        : raisesBetween(before, after, deployment),
  };
}

async function changed(
  tools: TableTools,
  change: SettingsChange,
  before: Settings | undefined,
  deployment: Deployment | undefined,
): Promise<Settings> {
  if (change.verb !== 'restore' && before === undefined) throw new ChangeError('settings-unusable');
  if (change.verb === 'mode') return { ...(before ?? newStageSettings), mode: change.mode };
  if (deployment === undefined) throw new ChangeError('deployment-unknown');
  const { settings, problems } = await proposed(tools, change, before ?? newStageSettings, deployment);
  const wrong = [...problems, ...(settings === undefined ? [] : problemsUnder(settings, deployment))];
  if (settings === undefined || wrong.length > 0) throw new ChangeError('settings-invalid', wrong);
  return settings;
}

async function proposed(
  tools: TableTools,
  change: Exclude<SettingsChange, { readonly verb: 'mode' }>,
  before: Settings,
  deployment: Deployment,
): Promise<{ readonly settings: Settings | undefined; readonly problems: readonly string[] }> {
  switch (change.verb) {
    case 'set':
      return parseSettings(withAssignments(before, change.assignments, deployment));
    case 'unset': {
      const { edited, problems } = withoutPaths(before, change.paths);
      const parsed = parseSettings(edited);
      return { ...parsed, problems: [...problems, ...parsed.problems] };
    }
    case 'restore': {
      const kept = await readVersion(tools, change.version);
      if (kept !== undefined) return kept;
      if (change.version === 0) return { settings: newStageSettings, problems: [] };
      return { settings: undefined, problems: [`version ${change.version}: is not in the history`] };
    }
  }
}
