import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { type Assignment, modeNamed } from '../../shared/settings/edit.ts';
import type { SettingsChange } from '../administration/plan-change.ts';
import type { ChangeTerms } from '../administration/write-planned.ts';

export const usage = `Changes what grid-buyer may do without a deployment. For administrators.

  npm run control -- show --table NAME
  npm run control -- live|paused|dry-run --reason TEXT --table NAME
  npm run control -- set PATH VALUE [PATH VALUE ...] --reason TEXT --table NAME
  npm run control -- unset PATH [PATH ...] --reason TEXT --table NAME
  npm run control -- history [--limit NUMBER] --table NAME
  npm run control -- restore VERSION --reason TEXT --table NAME
  npm run control -- close-breaker --table NAME

  --table NAME   the output TableName of the stack
  --reason TEXT  why; it is kept in the history
  --by NAME      who, in the history; the user of this machine unless you say otherwise
  --yes          do not ask, also where more may be bought than before
  --limit NUMBER how many versions the history shows, 20 unless you say otherwise

Paths and values: docs/settings.md. Example:
  npm run control -- set spendingLimits.perDay 100.00 --reason "a quiet week" --table NAME
`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Who changes something, why, and whether to ask before more may be bought. */
export interface AskingTerms extends ChangeTerms {
  readonly yes: boolean;
}

export type Command = { readonly tableName: string } & (
  | { readonly verb: 'show' | 'close-breaker' }
  | { readonly verb: 'history'; readonly limit: number }
  | { readonly verb: 'change'; readonly change: SettingsChange; readonly terms: AskingTerms }
);

/** @throws UsageError */
export function readCommandLine(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [verb = '', ...rest] = positionals;
  const change = changeOf(verb, rest);
  if (change === undefined) allowNoMore(verb, rest);
  if (values.table === undefined) throw new UsageError('Name the table with --table.');
  const tableName = values.table;
  if (change !== undefined) {
    const { reason, by = userInfo().username, yes = false } = values;
    if (reason === undefined || reason.trim() === '')
      throw new UsageError('Say why with --reason; it is kept with the settings.');
    return { verb: 'change', change, terms: { by, reason, yes }, tableName };
  }
  if (verb === 'history') return { verb, limit: wholeNumber(values.limit ?? '20', '--limit'), tableName };
  if (verb === 'show' || verb === 'close-breaker') return { verb, tableName };
  const wanted = 'show, live, paused, dry-run, set, unset, history, restore, close-breaker';
  throw new UsageError(`Say one of ${wanted}.`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        table: { type: 'string' },
        reason: { type: 'string' },
        by: { type: 'string' },
        limit: { type: 'string' },
        yes: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be understood.');
  }
}

function changeOf(verb: string, rest: readonly string[]): SettingsChange | undefined {
  const mode = modeNamed(verb);
  if (mode !== undefined) {
    allowNoMore(verb, rest);
    return { verb: 'mode', mode };
  }
  if (verb === 'set') return { verb, assignments: assignmentsIn(rest) };
  if (verb === 'unset') {
    if (rest.length === 0) throw new UsageError('Say what to unset: unset PATH [PATH ...].');
    return { verb, paths: rest };
  }
  if (verb !== 'restore') return undefined;
  const [version, ...more] = rest;
  allowNoMore(verb, more);
  return { verb, version: wholeNumber(version ?? '', 'VERSION') };
}

function assignmentsIn(words: readonly string[]): readonly Assignment[] {
  if (words.length === 0 || words.length % 2 === 1)
    throw new UsageError('Say each path with its value: set PATH VALUE [PATH VALUE ...].');
  const assignments: Assignment[] = [];
  for (let index = 0; index < words.length; index += 2) {
    assignments.push({ path: words[index] ?? '', value: words[index + 1] ?? '' });
  }
  return assignments;
}

function allowNoMore(verb: string, rest: readonly string[]): void {
  if (rest.length > 0) throw new UsageError(`${verb} takes nothing more: ${rest.join(' ')}`);
}

function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${name} must be a whole number.`);
  return Number(text);
}
