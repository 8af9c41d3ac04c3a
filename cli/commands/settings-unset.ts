import * as v from 'valibot';
import { changeSettings } from '../control/change-settings.ts';
import { changeOptions } from '../input/change-options.ts';
import { readInput } from '../input/read-input.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({ ...changeOptions, paths: v.array(v.string()) });

/** Goes back to what the stage's file says. */
export const run: CommandRun = (session, input) => {
  const { paths, ...options } = readInput(input, ['paths'], schema);
  return changeSettings(session, { verb: 'unset', paths }, options);
};
