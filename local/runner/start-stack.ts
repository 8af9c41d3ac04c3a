import { clientOptions } from '../emulators/aws-endpoint.ts';
import { startDynamoDb } from '../emulators/dynamodb/start-dynamodb.ts';
import { startSecretsManager } from '../emulators/secrets-manager/start-secrets-manager.ts';
import { PlatformAccess } from './access/platform-access.ts';
import { Closers } from './closers.ts';
import { connectDirectly } from './function-connector.ts';
import { FunctionSet } from './function-set.ts';
import { generateCaller } from './http-api/caller.ts';
import { startHttpApi } from './http-api/http-api.ts';
import type { AsynchronousTools } from './lambda/invoke-asynchronously.ts';
import type { LocalStack } from './local-stack.ts';
import { lockDataDirectory } from './lock-data-directory.ts';
import { QueueSet } from './queues/queue-set.ts';
import { deliver } from './schedules/deliver.ts';
import { ScheduleSet } from './schedules/schedule-set.ts';
import { type SchedulerClock, systemClock } from './schedules/scheduler-clock.ts';
import { readModel, type StackModel } from './stack-model.ts';
import type { StackOptions } from './stack-options.ts';
import { createSecrets } from './stores/create-secrets.ts';
import { createTables } from './stores/create-tables.ts';
import type { StackIdentity } from './template/identity.ts';
import { type Assembly, readAssembly } from './template/read-assembly.ts';

export type { LocalStack } from './local-stack.ts';
export type { StackEvent } from './stack-event.ts';
export type { StackOptions } from './stack-options.ts';

/**
 * Starts a synthesized stack on this machine: tables, secrets, functions, HTTP API and schedules.
 *
 * The bundles run as they would be deployed, under AWS's own runtime client. Resolves when everything can
 * be used. Nothing outlives this process.
 *
 * @throws TemplateError when the template holds something that cannot be run; nothing is left running then
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const assembly = await readAssembly(options.assemblyDirectory, options.stackName);
  const identity: StackIdentity = {
    stackName: assembly.stackName,
    accountId: options.accountId ?? assembly.accountId ?? '123456789012',
    region: options.region ?? assembly.region ?? 'eu-west-1',
  };
  const closers = new Closers();
  try {
    return await startParts(assembly, identity, options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function startParts(
  assembly: Assembly,
  identity: StackIdentity,
  options: StackOptions,
  closers: Closers,
): Promise<LocalStack> {
  const { parameters = {} } = options;
  const draft = readModel(assembly, identity, parameters);
  const stores = await startStores(draft, identity, options, closers);
  const model = readModel(assembly, identity, parameters, stores.secretArns);
  const { functions, access } = await startFunctions(assembly, model, stores, identity, options, closers);
  const queues = new QueueSet(model.queues);
  const clock = options.clock ?? systemClock;
  const callers = options.callers ?? [generateCaller(identity)];
  const api = await startApi(model, functions, { identity, callers, access }, options, closers);
  const tools: AsynchronousTools = {
    invoke: (logicalId, event) => functions.invoke(logicalId, event),
    access,
    queues,
    failureDestinations: model.failureDestinations,
  };
  const schedules = startSchedules(model, tools, { identity, clock }, options, closers);
  return {
    ...identity,
    get apiUrl() {
      if (api === undefined) throw new Error('The template has no HTTP API.');
      return api;
    },
    routes: model.api?.routes ?? [],
    callerCredentials: callers,
    tableNames: new Map(model.tables.map(({ logicalId, name }) => [logicalId, name])),
    secretArns: stores.secretArns,
    functions: model.functions,
    schedules: model.schedules,
    output: (name) => outputOf(assembly, model, name),
    dynamoDb: { ...clientOptions(stores.dynamoDb), engine: stores.dynamoDb.engine },
    secretsManager: clientOptions(stores.secretsManager),
    invoke: async (idOrName, payload) => functions.invoke(idOrName, payload),
    recycle: async (idOrName) => functions.recycle(idOrName),
    fireSchedule: async (logicalId, time) => schedules.fire(logicalId, time?.getTime()),
    queueMessages: (logicalId) => queues.messages(logicalId),
    startSchedules: () => schedules.start(),
    close: () => closers.closeAll(),
  };
}

function outputOf({ template }: Assembly, model: StackModel, name: string): string {
  const output = template.Outputs[name];
  if (output === undefined) throw new Error(`The template has no output ${name}.`);
  return String(model.resolve(output.Value));
}

type Stores = Awaited<ReturnType<typeof startStores>>;

/** Starts both services at once, then creates what the template asks for. */
async function startStores(
  model: StackModel,
  { region, accountId }: StackIdentity,
  { dataDirectory, engine, time = Date.now }: StackOptions,
  closers: Closers,
) {
  if (dataDirectory !== undefined) closers.add(lockDataDirectory(dataDirectory));
  const [dynamoDb, secretsManager] = await Promise.allSettled([
    startDynamoDb({ engine, region, dataDirectory }),
    startSecretsManager({ region, accountId, dataDirectory, now: time }),
  ]);
  for (const service of [dynamoDb, secretsManager]) {
    if (service.status === 'fulfilled') closers.add(() => service.value.close());
  }
  if (dynamoDb.status === 'rejected') throw dynamoDb.reason;
  if (secretsManager.status === 'rejected') throw secretsManager.reason;
  const [secretArns] = await Promise.all([
    createSecrets(secretsManager.value, model.secrets),
    createTables(dynamoDb.value, model.tables),
  ]);
  return { dynamoDb: dynamoDb.value, secretsManager: secretsManager.value, secretArns };
}

async function startFunctions(
  assembly: Assembly,
  model: StackModel,
  { dynamoDb, secretsManager }: Stores,
  identity: StackIdentity,
  options: StackOptions,
  closers: Closers,
): Promise<{ functions: FunctionSet; access: PlatformAccess }> {
  const connect = options.connect ?? connectDirectly;
  const { template } = assembly;
  const connection = await connect({
    ...model,
    dynamoDb,
    secretsManager,
    template,
    now: options.time ?? Date.now,
    onDenied: (denial) => options.onEvent?.({ type: 'access-denied', ...denial }),
  });
  closers.add(() => connection.close());
  const access = new PlatformAccess(connection, identity);
  const functions = new FunctionSet(model.functions, identity.region, connection, access, options);
  closers.add(() => functions.close());
  if (options.warm === true) await functions.warm();
  return { functions, access };
}

/** @returns the API's origin, undefined when the template has no API */
async function startApi(
  { api, functions: descriptions }: StackModel,
  functions: FunctionSet,
  {
    identity,
    callers,
    access,
  }: { identity: StackIdentity; callers: LocalStack['callerCredentials']; access: PlatformAccess },
  { apiPort, onEvent }: StackOptions,
  closers: Closers,
): Promise<string | undefined> {
  if (api === undefined) return undefined;
  const server = await startHttpApi({
    description: api,
    identity,
    callers,
    invoke: (logicalId, event) => functions.invoke(logicalId, event),
    mayInvoke: ({ routeKey, functionLogicalId }) => {
      const target = descriptions.find(({ logicalId }) => logicalId === functionLogicalId);
      return target !== undefined && access.apiMayInvoke(api.apiId, api.stage, routeKey, target);
    },
    onServed: (request) => onEvent?.({ type: 'api-request', ...request }),
    // The real time whatever the scheduler's clock says: callers sign with the real time.
    now: Date.now,
    port: apiPort,
  });
  closers.add(() => server.close());
  return api.stage === '$default' ? server.url : `${server.url}/${api.stage}`;
}

function startSchedules(
  { schedules, functions }: StackModel,
  tools: AsynchronousTools,
  { identity, clock }: { identity: StackIdentity; clock: SchedulerClock },
  options: StackOptions,
  closers: Closers,
): ScheduleSet {
  const set = new ScheduleSet({
    schedules,
    identity,
    clock,
    deliver: async (schedule, event, firing) => {
      const target = functions.find(({ logicalId }) => logicalId === schedule.functionLogicalId);
      if (target === undefined) throw new Error(`${schedule.logicalId} has no function`);
      return deliver(schedule, target, event, firing, tools);
    },
    onFired: (scheduleLogicalId, scheduledTime) =>
      options.onEvent?.({ type: 'schedule-fired', scheduleLogicalId, scheduledTime }),
  });
  closers.add(() => set.stop());
  if (options.schedules !== 'off') set.start();
  return set;
}
