import { askFunction } from '../../local/keys/ask-function.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKeys } from '../keys/key-failure.ts';
import type { CommandRun } from '../session.ts';

/** Makes the pending key current, or ends a rotation: the function looks first whether the exchange agrees. */
const change =
  (action: 'promote' | 'finish'): CommandRun =>
  async (session) => {
    const target = await session.target();
    const { ok, code, message } = await session.waitFor('Asking the exchange about the keys', () =>
      withKeys('The function cannot be asked', async () => askFunction(await target.keyFunction(), action)),
    );
    return {
      data: { ok, code, message },
      text: ({ paint }) => `${ok ? paint.green('✓') : paint.red('✗')} ${paint.bold(code)}: ${message}`,
      exitCode: ok ? 0 : exitCodes.findings,
    };
  };

export const promote = change('promote');
export const finish = change('finish');
