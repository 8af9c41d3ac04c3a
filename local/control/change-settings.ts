import type { Deployment } from '../../shared/settings/deployment.ts';
import { describeSettings, differencesBetween } from '../../shared/settings/differences.ts';
import { withAssignments, withoutPaths } from '../../shared/settings/edit.ts';
import { problemsUnder } from '../../shared/settings/problems-under.ts';
import { raisesBetween } from '../../shared/settings/raises.ts';
import { newStageSettings, parseSettings, type Settings } from '../../shared/settings/settings.ts';
import { readDeployment } from '../../shared/store/deployment-record.ts';
import {
  type CurrentSettings,
  readSettings,
  readVersion,
  type SettingsStoreTools,
  writeSettings,
} from '../../shared/store/settings-store.ts';
import type { ChangeTerms, SettingsChange } from './command-line.ts';

/** A change that cannot be made; nothing was written. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';

  /** @param problems one line each */
  constructor(what: string, problems: readonly string[] = []) {
    super([what, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/** The person who changes something. */
export interface Person {
  readonly say: (line: string) => void;
  /** Whether to go on, with what these lines say. */
  readonly agrees: (raises: readonly string[]) => Promise<boolean>;
}

/**
 * Changes the settings: decides what they would be, says how they differ, asks where more may be bought than before, and
 * writes them with their place in the history, unless somebody else has changed them meanwhile.
 *
 * @returns whether the settings are as they were to be; no if the person did not agree
 * @throws ChangeError
 * @throws StoreUnavailableError
 */
export async function changeSettings(
  tools: SettingsStoreTools,
  change: SettingsChange,
  { by, reason, yes }: ChangeTerms,
  person: Person,
): Promise<boolean> {
  const found = await readSettings(tools);
  const before = settingsIn(found);
  // Whether anything is bought is nobody's but the administrator's; all else stays within what is deployed.
  const deployment = change.verb === 'mode' ? undefined : await readDeployment(tools);
  const after = await changed(tools, change, before, deployment);
  const lines = differences(before, after, deployment);
  if (lines.length === 0) {
    person.say('The settings are so already; nothing was written.');
    return true;
  }
  for (const line of lines) person.say(line);
  const raises =
    before === undefined
      ? ['what was set before cannot be understood']
      : raisesBetween(before, after, deployment);
  if (raises.length > 0 && !yes && !(await person.agrees(raises))) {
    person.say('Nothing was written.');
    return false;
  }
  const version = await writeSettings(tools, found, after, { by, reason, at: tools.clock.now() });
  if (version === undefined) throw await overtaken(tools);
  person.say(`Version ${version} of the settings is in force from the next order on.`);
  return true;
}

/** Undefined if they cannot be understood. */
function settingsIn({ current }: CurrentSettings): Settings | undefined {
  return current === undefined ? newStageSettings : current.settings;
}

function differences(
  before: Settings | undefined,
  after: Settings,
  deployment: Deployment | undefined,
): readonly string[] {
  const was = before === undefined ? new Map<string, string>() : describeSettings(before, deployment);
  return differencesBetween(was, describeSettings(after, deployment));
}

async function changed(
  tools: SettingsStoreTools,
  change: SettingsChange,
  before: Settings | undefined,
  deployment: Deployment | undefined,
): Promise<Settings> {
  if (change.verb !== 'restore' && before === undefined) {
    throw new ChangeError(
      'The settings cannot be understood, so nothing can be changed in them. `history` shows versions that can be restored; `restore 0` is a new stage, in DRY_RUN.',
    );
  }
  if (change.verb === 'mode') return { ...(before ?? newStageSettings), mode: change.mode };
  if (deployment === undefined) {
    throw new ChangeError(
      'It is not known yet what the deployment allows. The next balance check of the schedule notes it; try again in a minute.',
    );
  }
  const { settings, problems } = await proposed(tools, change, before ?? newStageSettings, deployment);
  const wrong = [...problems, ...(settings === undefined ? [] : problemsUnder(settings, deployment))];
  if (settings === undefined || wrong.length > 0)
    throw new ChangeError('The settings would not be valid:', wrong);
  return settings;
}

async function proposed(
  tools: SettingsStoreTools,
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

async function overtaken(tools: SettingsStoreTools): Promise<ChangeError> {
  const { current } = await readSettings(tools);
  const who =
    current === undefined ? '' : ` (version ${current.version}, by ${current.by}: ${current.reason})`;
  return new ChangeError(
    `Somebody else has changed the settings meanwhile${who}. Nothing was written; look at them and try again.`,
  );
}
