import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectWithPermissions,
  type PermissionControl,
} from '../../local/permissions/connect-with-permissions.ts';
import type { Permissions } from '../../local/permissions/permissions.ts';
import { readPolicies } from '../../local/permissions/policies/read-policies.ts';
import type { AccessDenial, AccessRequest } from '../../local/runner/access/access-request.ts';
import { readModel } from '../../local/runner/stack-model.ts';
import { readAssembly } from '../../local/runner/template/read-assembly.ts';
import { startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { movedInstrument } from '../support/moved-instrument.ts';
import { tries } from '../support/thorough.ts';
import { type Grant, grantsOf } from './support/grant.ts';
import { type Step, steps } from './support/steps.ts';
import { World } from './support/world.ts';

const assembly = await readAssembly(assemblyDirectory);
const identity = { stackName: assembly.stackName, accountId: '123456789012', region: 'eu-west-1' };
const grants = grantsOf(readPolicies(readModel(assembly, identity, {}).references));
/** `npm run grants` takes every grant away; one in a dozen shows that being told works. */
const tried = grants
  .map(({ name, action }, index) => [name, index, action] as const)
  .filter(([, index]) => index % tries(12, 1) === 0);

let world: World;
let running: readonly Grant[] = [];
let denials: AccessDenial[] = [];
let asked: AccessRequest[] = [];
const requestsOf = new Map<Step, readonly AccessRequest[]>();

/** Does a step under these policies. Its preparation is done with all grants. */
async function take(
  step: Step,
  policies: Permissions['policies'],
  isCold = step.isCold === true,
): Promise<readonly AccessRequest[]> {
  const { permissions, service } = world;
  const all = permissions.policies;
  await world.begin();
  await step.prepare?.(world);
  if (isCold) await Promise.all(service.stack.functions.map(({ name }) => service.stack.recycle(name)));
  denials = [];
  asked = [];
  permissions.replace(step.under?.(policies) ?? policies);
  try {
    await step.act(world);
    return asked;
  } finally {
    permissions.replace(all);
    asked = [];
  }
}

beforeAll(async () => {
  let control: PermissionControl | undefined;
  const service = await startLocalService({
    assemblyDirectory,
    engine: 'dynoxide',
    exchange: { sellers: false, usd: '100000' },
    environment: { [environmentNames.instruments]: JSON.stringify([movedInstrument]) },
    connect: connectWithPermissions((ready) => {
      control = ready;
    }),
    onEvent: (event) => {
      if (event.type === 'access-denied') denials.push(event);
    },
  });
  if (control === undefined) throw new Error('The stack is up without permissions.');
  const { permissions } = control;
  permissions.onAsked = (request) => asked.push(request);
  world = new World(service, control);
  running = grantsOf(permissions.policies);
});

afterAll(async () => {
  world.close();
  await world.service.close();
});

describe('with all its grants', () => {
  it.each(steps.map((step) => [step.name, step] as const))('%s', async (_name, step) => {
    requestsOf.set(step, await take(step, world.permissions.policies));
    if (step.under === undefined) expect(denials).toEqual([]);
    else expect(denials).not.toEqual([]);
  });
});

describe('without one grant', () => {
  it('of those that the template has', () => {
    expect(grants.map(({ name }) => name)).toEqual(running.map(({ name }) => name));
    expect(grants.length).toBeGreaterThan(100);
  });

  it.each(tried)('%s', async (name, index, action) => {
    const grant = running[index];
    const step = [...requestsOf].find(([, requests]) =>
      requests.some((request) => grant?.covers(request) === true),
    )?.[0];
    if (grant === undefined || step === undefined) throw new Error('Nobody uses it.');
    // The signing key and the settings are kept for a while: whoever is to read them has to begin anew.
    const isKept = / (secretsmanager|kms):| dynamodb:GetItem on \S+ (SETTINGS|BREAKER)$/.test(name);
    await take(step, grant.takenFrom(world.permissions.policies), isKept).catch(() => undefined);
    expect(denials).toContainEqual(expect.objectContaining({ action }));
  });
});
