import * as v from 'valibot';
import type { SettingsChange } from '../../local/administration/plan-change.ts';
import { type Assignment, modeNamed } from '../../shared/settings/edit.ts';
import { changeSettings } from '../control/change-settings.ts';
import { changeOptions } from '../input/change-options.ts';
import { readInput } from '../input/read-input.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({
  ...changeOptions,
  settings: v.pipe(
    v.array(v.string()),
    v.check((words) => words.length % 2 === 0, 'must be paths, each with its value: PATH VALUE'),
    v.transform((words): readonly Assignment[] => assignmentsIn(words)),
  ),
});

/** Sets one or more settings, all of them or none. */
export const run: CommandRun = (session, input) => {
  const { settings, ...options } = readInput(input, ['settings'], schema);
  return changeSettings(session, changeOf(settings), options);
};

function assignmentsIn(words: readonly string[]): readonly Assignment[] {
  return words.flatMap((path, index) => (index % 2 === 1 ? [] : [{ path, value: words[index + 1] ?? '' }]));
}

/** The mode alone can be set whatever is deployed, and before anybody knows that. */
function changeOf(assignments: readonly Assignment[]): SettingsChange {
  const [first, ...more] = assignments;
  const mode = first?.path === 'mode' && more.length === 0 ? modeNamed(first.value) : undefined;
  return mode === undefined ? { verb: 'set', assignments } : { verb: 'mode', mode };
}
