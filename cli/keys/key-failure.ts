import { KeyToolError } from '../../local/keys/key-tool-error.ts';
import { KeyVaultError } from '../../shared/keys/key-vault.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { awsFailure } from '../target/aws-failure.ts';

/** Does something with keys, and says in this program's way what goes wrong with it. */
export async function withKeys<T>(trouble: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyToolError) {
      throw new Failure(error.exitCode === exitCodes.usage ? 'usage' : 'failed', error.message, {
        code: 'key-tool',
      });
    }
    if (error instanceof KeyVaultError) {
      throw new Failure('credentials', `${trouble}.`, {
        code: error.code,
        why: error.message,
        todo: 'Check the stage, the region and your credentials.',
      });
    }
    throw awsFailure(error, trouble);
  }
}
