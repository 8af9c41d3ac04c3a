import { askFunction, type FunctionAnswer, writeFingerprints } from '../../local/keys/ask-function.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKeys } from '../keys/key-failure.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import type { CommandRun } from '../session.ts';

type Key = FunctionAnswer['keys'][number];

/** The public half of each key, and whether the exchange takes it. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const { ok, code, message, keys } = await session.waitFor('Asking the exchange about the keys', () =>
    withKeys('The function cannot be asked', async () => askFunction(await target.keyFunction(), 'show')),
  );
  if (!ok) return { data: { code, message, keys }, text: () => message, exitCode: exitCodes.findings };
  const fingerprintFile =
    keys.length === 0 ? null : await withKeys('The file cannot be written', () => writeFingerprints(keys));
  return {
    data: { code, keys, fingerprintFile },
    text: (look) =>
      keys.length === 0
        ? 'There is no key yet. Make one: grid-buyer keys new'
        : `${drawKeys(keys, look)}\n\n${look.paint.dim(`Fingerprints: ${fingerprintFile}, readable by you only.`)}`,
  };
};

/** Keys below each other. */
export function drawKeys(keys: readonly Key[], look: Look): string {
  const { paint } = look;
  return table<Key>(
    keys,
    [
      { title: 'KEY', cell: ({ label }) => label, paint: paint.bold },
      { title: 'PUBLIC KEY', cell: ({ publicKey }) => publicKey },
      {
        title: 'EXCHANGE',
        cell: ({ exchange }) => exchange,
        paint: (text, { exchange }) =>
          exchange === 'accepts it'
            ? paint.green(text)
            : exchange === 'refuses it'
              ? paint.red(text)
              : paint.yellow(text),
      },
      {
        title: 'AGE',
        align: 'right',
        cell: ({ ageDays }) => (ageDays === undefined ? '' : `${ageDays} d`),
        dropFirst: 1,
      },
      { title: 'VERSION', cell: ({ versionId }) => versionId, dropFirst: 2 },
    ],
    look,
  );
}
