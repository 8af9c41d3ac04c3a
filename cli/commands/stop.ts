import * as v from 'valibot';
import { stopSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { readInput, reasonText } from '../input/read-input.ts';
import type { CommandRun } from '../session.ts';

/** Stops all buying at once. It asks nothing: who is in doubt stops first. */
export const run: CommandRun = async (session, input) => {
  const { reason } = readInput(input, [], v.object({ reason: v.optional(reasonText) }));
  const target = await session.target();
  const { body } = await call(target, {
    schema: stopSchema,
    send: (api) => api.stop(reason === undefined ? undefined : { reason }),
  });
  return {
    data: { ...body, reason: reason ?? null },
    text: ({ paint }) =>
      [
        `${paint.red('●')} ${paint.bold('Stopped.')} Nothing is bought on ${target.description} from now on.`,
        'Orders that rest at the exchange stay there: see grid-buyer orders --state OPEN, and cancel what must go.',
        'An administrator lets it go on: grid-buyer resume --reason TEXT',
      ].join('\n'),
  };
};
