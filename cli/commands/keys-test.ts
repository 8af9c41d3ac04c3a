import { askFunction } from '../../local/keys/ask-function.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { withKeys } from '../keys/key-failure.ts';
import { register } from '../keys/put-into-secret.ts';
import type { CommandRun } from '../session.ts';
import { drawKeys } from './keys-show.ts';

/** Whether the exchange takes the key that signs, by a signed read, which moves nothing. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const { ok, code, message, keys } = await session.waitFor('Signing a read with the key', () =>
    withKeys('The function cannot be asked', async () => askFunction(await target.keyFunction(), 'show')),
  );
  if (!ok) throw new Failure('credentials', 'The keys cannot be tested.', { code, why: message });
  const current = keys.find(({ label }) => label === 'current');
  if (current === undefined) {
    throw new Failure('credentials', 'There is no key to test.', {
      code: 'no-key',
      todo: 'Make one: grid-buyer keys new',
    });
  }
  const isAccepted = current.exchange === 'accepts it';
  const verdict = isAccepted
    ? 'The exchange accepts the current key: orders can be signed.'
    : current.exchange === 'refuses it'
      ? `The exchange refuses the current key: ${register}.`
      : 'The exchange did not say. Try again in a minute.';
  return {
    data: { accepted: isAccepted, verdict, keys },
    text: (look) =>
      `${drawKeys(keys, look)}\n\n${isAccepted ? look.paint.green('✓') : look.paint.red('✗')} ${verdict}`,
    exitCode: isAccepted ? 0 : exitCodes.findings,
  };
};
