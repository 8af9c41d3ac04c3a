import { ChangeError } from '../../local/administration/plan-change.ts';
import { StoreUnavailableError } from '../../shared/orders/store-port.ts';
import type { SettingsStoreTools } from '../../shared/store/settings-store.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { Failure } from '../failure.ts';
import { awsFailure } from '../target/aws-failure.ts';
import type { Target } from '../target/target.ts';

/**
 * Works on the settings with the rights of an administrator.
 *
 * @param trouble what cannot be done, if it cannot
 * @throws Failure
 */
export async function asAdministrator<T>(
  target: Target,
  trouble: string,
  work: (tools: SettingsStoreTools) => Promise<T>,
): Promise<T> {
  const control = await target.control();
  try {
    return await work({ ...control, clock: systemClock, random: Math.random });
  } catch (error) {
    if (error instanceof ChangeError) throw changeFailure(error);
    throw awsFailure(error instanceof StoreUnavailableError ? namedAs(error.code) : error, trouble);
  } finally {
    control.client.destroy();
  }
}

/** Who reads the table hides what AWS said behind an error of its own, and keeps the name of it. */
function namedAs(name: string): Error {
  return Object.assign(new Error(name), { name, $metadata: {} });
}

function changeFailure({ code, problems }: ChangeError): Failure {
  switch (code) {
    case 'settings-unusable':
      return new Failure(
        'findings',
        'The settings cannot be understood, so nothing can be changed in them.',
        {
          code,
          todo: 'See which version can be used (grid-buyer settings history), and make it the newest: grid-buyer settings restore VERSION. Version 0 is a new stage, in DRY_RUN.',
        },
      );
    case 'deployment-unknown':
      return new Failure('unavailable', 'It is not known yet what the deployment allows.', {
        code,
        todo: 'The next balance check of the schedule notes it: try again in a minute.',
      });
    case 'settings-invalid':
      return new Failure('usage', 'The settings would not be valid.', {
        code,
        problems,
        todo: 'See what is set and what is deployed: grid-buyer settings get. Every path: docs/settings.md.',
      });
  }
}
