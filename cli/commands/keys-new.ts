import { resolve } from 'node:path';
import * as v from 'valibot';
import { writePrivateKey, writePublicHalves } from '../../local/keys/key-file.ts';
import { generateKeyPair } from '../../shared/signing/key-pair.ts';
import { readInput } from '../input/read-input.ts';
import { withKeys } from '../keys/key-failure.ts';
import { putIntoSecret, register } from '../keys/put-into-secret.ts';
import { fields } from '../output/text.ts';
import type { Answer, CommandRun } from '../session.ts';

const schema = v.object({
  file: v.optional(v.pipe(v.string(), v.nonEmpty('must name a file'))),
  replace: v.optional(v.boolean(), false),
});

/** Makes a key: straight into the secret, or into a file that only its owner can read. */
export const run: CommandRun = async (session, input) => {
  const { file, replace } = readInput(input, [], schema);
  const keyPair = generateKeyPair();
  if (file !== undefined) return withKeys('The key cannot be written', () => makeFile(file, keyPair));
  return putIntoSecret(await session.target(), keyPair, replace);
};

async function makeFile(file: string, keyPair: ReturnType<typeof generateKeyPair>): Promise<Answer> {
  await writePrivateKey(file, keyPair.privateKey);
  const fingerprintFile = await writePublicHalves(`${file}.public.txt`, [{ ...keyPair, name: file }]);
  const { publicKey } = keyPair;
  return {
    data: { publicKey, fingerprintFile, privateKeyFile: resolve(file) },
    text: ({ columns, paint }) =>
      fields(
        [
          ['Public key', publicKey],
          ['Fingerprint', `in ${fingerprintFile}, readable by you only`],
          ['Private key', `in ${resolve(file)}, readable by you only`],
          ['Next', `store it (grid-buyer keys store --file ${file}), delete the file, then ${register}`],
        ],
        columns,
        paint.dim,
      ),
  };
}
