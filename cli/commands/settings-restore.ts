import * as v from 'valibot';
import { changeSettings } from '../control/change-settings.ts';
import { changeOptions } from '../input/change-options.ts';
import { countText, readInput } from '../input/read-input.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({ ...changeOptions, version: countText(0, 999_999_999) });

/** Makes an old version the newest one. */
export const run: CommandRun = (session, input) => {
  const { version, ...options } = readInput(input, ['version'], schema);
  return changeSettings(session, { verb: 'restore', version }, options);
};
