import * as v from 'valibot';
import { readPrivateKey } from '../../local/keys/key-file.ts';
import { KeyToolError } from '../../local/keys/key-tool-error.ts';
import { Failure } from '../failure.ts';
import { readInput } from '../input/read-input.ts';
import { putIntoSecret } from '../keys/put-into-secret.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({
  file: v.pipe(v.string('must name the file with the private key'), v.nonEmpty('must name a file')),
  replace: v.optional(v.boolean(), false),
});

/** Puts a key that was made elsewhere into the secret. */
export const run: CommandRun = async (session, input) => {
  const { file, replace } = readInput(input, [], schema);
  const keyPair = await readPrivateKey(file).catch((error: unknown) => {
    if (!(error instanceof KeyToolError)) throw error;
    throw new Failure('usage', error.message, {
      code: 'key-file',
      todo: 'Name the file that holds the private key, as grid-buyer keys new --file writes it. Nothing was stored.',
    });
  });
  return putIntoSecret(await session.target(), keyPair, replace);
};
