import { userInfo } from 'node:os';
import type { Mode } from '../../shared/orders/control-port.ts';
import { StoreUnavailableError } from '../../shared/orders/store-port.ts';
import type { Settings } from '../../shared/store/control-items.ts';
import { closeBreaker, putSettings, readSettings } from '../../shared/store/control-store.ts';
import { awsFailure } from '../target/aws-failure.ts';
import type { Target } from '../target/target.ts';

/** What an administrator has set, and the breaker. */
export type Control = Awaited<ReturnType<typeof readSettings>>;

/** What the settings are to be: mode, and limits that are tighter than the deployment's. */
export type Wanted = Pick<Settings, 'mode' | 'limits'>;

/** The mode of a stage that nobody has set. */
export const modeOfNewStage: Mode = 'DRY_RUN';

/** Reads what is set. @throws Failure */
export async function readControl(target: Target): Promise<Control> {
  return asAdministrator(target, 'The settings cannot be read', readSettings);
}

/** Sets mode and limits. @throws Failure */
export async function setControl(target: Target, wanted: Wanted, reason: string): Promise<void> {
  const settings = { ...wanted, by: userInfo().username, reason };
  await asAdministrator(target, 'The settings cannot be changed', (tools) =>
    putSettings(tools, settings, Date.now()),
  );
}

/** Lets buying go on that was stopped. @throws Failure */
export async function closeOpenBreaker(target: Target): Promise<void> {
  await asAdministrator(target, 'The breaker cannot be closed', closeBreaker);
}

async function asAdministrator<T>(
  target: Target,
  trouble: string,
  work: (tools: Awaited<ReturnType<Target['control']>>) => Promise<T>,
): Promise<T> {
  const tools = await target.control();
  try {
    return await work(tools);
  } catch (error) {
    throw awsFailure(error instanceof StoreUnavailableError ? namedAs(error.code) : error, trouble);
  } finally {
    tools.client.destroy();
  }
}

/** Who reads the table hides what AWS said behind an error of its own, and keeps the name of it. */
function namedAs(name: string): Error {
  return Object.assign(new Error(name), { name, $metadata: {} });
}
