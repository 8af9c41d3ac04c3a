import * as v from 'valibot';
import { rollBack } from '../../local/keys/roll-back.ts';
import { readInput } from '../input/read-input.ts';
import { withKeys } from '../keys/key-failure.ts';
import type { CommandRun } from '../session.ts';

/** Makes the previous key current again. */
export const run: CommandRun = async (session, input) => {
  const { yes } = readInput(input, [], v.object({ yes: v.optional(v.boolean(), false) }));
  const target = await session.target();
  const { client, secret } = await target.secret();
  const said = await withKeys('The secret cannot be used', () =>
    rollBack(client, secret, async (question) => {
      await session.confirm(question, yes);
      return true;
    }),
  );
  return { data: { message: said }, text: () => said };
};
