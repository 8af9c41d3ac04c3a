import { lineOf } from '../../shared/settings/differences.ts';
import type { SettingsStoreTools, SettingsVersion } from '../../shared/store/settings-store.ts';
import {
  ChangeError,
  type ChangeErrorCode,
  planChange,
  type SettingsChange,
} from '../administration/plan-change.ts';
import { writePlanned } from '../administration/write-planned.ts';
import type { AskingTerms } from './command-line.ts';

/** A change that was not made, in words; nothing was written. */
export class NotChangedError extends Error {
  override readonly name = 'NotChangedError';
}

/** The person who changes something. */
export interface Person {
  readonly say: (line: string) => void;
  /** Whether to go on, with what these lines say. */
  readonly agrees: (raises: readonly string[]) => Promise<boolean>;
}

/**
 * Changes the settings: says how they would differ, asks where more may be bought than before, and writes them, unless
 * somebody else has changed them meanwhile.
 *
 * @returns whether the settings are as they were to be; no if the person did not agree
 * @throws NotChangedError
 * @throws StoreUnavailableError
 */
export async function changeSettings(
  tools: SettingsStoreTools,
  change: SettingsChange,
  { yes, ...terms }: AskingTerms,
  person: Person,
): Promise<boolean> {
  const plan = await planChange(tools, change).catch((error: unknown) => {
    throw error instanceof ChangeError ? new NotChangedError(inWords(error)) : error;
  });
  if (plan.differences.length === 0) {
    person.say('The settings are so already; nothing was written.');
    return true;
  }
  for (const difference of plan.differences) person.say(lineOf(difference));
  if (plan.raises.length > 0 && !yes && !(await person.agrees(plan.raises))) {
    person.say('Nothing was written.');
    return false;
  }
  const written = await writePlanned(tools, plan, terms);
  if (written.kind === 'overtaken') throw overtaken(written.current);
  person.say(`Version ${written.version} of the settings is in force from the next order on.`);
  return true;
}

const reasons: Readonly<Record<ChangeErrorCode, string>> = {
  'settings-unusable':
    'The settings cannot be understood, so nothing can be changed in them. `history` shows versions that can be restored; `restore 0` is a new stage, in DRY_RUN.',
  'deployment-unknown':
    'It is not known yet what the deployment allows. The next balance check of the schedule notes it; try again in a minute.',
  'settings-invalid': 'The settings would not be valid:',
};

function inWords({ code, problems }: ChangeError): string {
  return [reasons[code], ...problems.map((problem) => `  - ${problem}`)].join('\n');
}

function overtaken(current: SettingsVersion | undefined): NotChangedError {
  const who =
    current === undefined ? '' : ` (version ${current.version}, by ${current.by}: ${current.reason})`;
  return new NotChangedError(
    `Somebody else has changed the settings meanwhile${who}. Nothing was written; look at them and try again.`,
  );
}
