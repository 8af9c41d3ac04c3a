import type { FunctionDescription } from './lambda/function-description.ts';
import { readFailureDestinations } from './resources/failure-destinations.ts';
import { readFunctions } from './resources/functions.ts';
import { type HttpApiDescription, readHttpApi } from './resources/http-api.ts';
import { type QueueDescription, readQueues } from './resources/queues.ts';
import { refuseUnsupported } from './resources/refuse-unsupported.ts';
import { readSchedules, type ScheduleDescription } from './resources/schedules.ts';
import { readSecrets, type SecretDescription } from './resources/secrets.ts';
import { readTables, type TableDescription } from './resources/tables.ts';
import { arnOf, type StackIdentity } from './template/identity.ts';
import type { Assembly } from './template/read-assembly.ts';
import { createReferences, type References } from './template/references.ts';
import { resolveValue } from './template/resolve.ts';

/** Everything in a template that the runner plays. */
export interface StackModel {
  readonly tables: readonly TableDescription[];
  readonly secrets: readonly SecretDescription[];
  readonly functions: readonly FunctionDescription[];
  readonly api: HttpApiDescription | undefined;
  readonly schedules: readonly ScheduleDescription[];
  readonly queues: readonly QueueDescription[];
  /** ARN of the queue that keeps failed asynchronous invocations, by logical id of the function. */
  readonly failureDestinations: ReadonlyMap<string, string>;
  /** Replaces references in any value of the template. */
  readonly resolve: (value: unknown) => unknown;
  /** What references in the template stand for. */
  readonly references: References;
}

/**
 * Reads the model from a template.
 *
 * A secret's ARN is known only once the secret exists. Without `secretArns` made-up ones are used, so that
 * every fault of a template is found before anything is started.
 *
 * @throws TemplateError
 */
export function readModel(
  assembly: Assembly,
  identity: StackIdentity,
  parameters: Readonly<Record<string, string>>,
  secretArns?: ReadonlyMap<string, string>,
): StackModel {
  const { template } = assembly;
  refuseUnsupported(template);
  const arns = secretArns ?? madeUpArns(assembly, identity);
  const references: References = createReferences(template, identity, { parameters, secretArns: arns });
  const functions = readFunctions(references, assembly);
  return {
    tables: readTables(references),
    secrets: readSecrets(references),
    functions,
    api: readHttpApi(references, functions),
    schedules: readSchedules(references, functions),
    queues: readQueues(references),
    failureDestinations: readFailureDestinations(references, functions),
    resolve: (value) => resolveValue(value, references),
    references,
  };
}

function madeUpArns({ template }: Assembly, identity: StackIdentity): Map<string, string> {
  const logicalIds = Object.keys(template.Resources);
  return new Map(logicalIds.map((id) => [id, arnOf(identity, 'secretsmanager', `secret:${id}-000000`)]));
}
