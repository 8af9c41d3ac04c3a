import * as v from 'valibot';
import type { FunctionDescription } from '../lambda/function-description.ts';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { resourcesOfType } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import { checkedQueueArn } from './queues.ts';

const configSchema = v.object({
  FunctionName: v.string(),
  DestinationConfig: v.optional(
    v.object({
      OnFailure: v.optional(v.object({ Destination: v.string() })),
      OnSuccess: v.optional(v.undefined('destinations of what succeeds are not supported')),
    }),
    {},
  ),
});

/**
 * Where Lambda keeps asynchronous invocations that failed: ARN of a queue by logical id of the function.
 * Repeats and the age of events are not read: a failed invocation is never repeated here.
 */
export function readFailureDestinations(
  references: References,
  functions: readonly FunctionDescription[],
): Map<string, string> {
  const destinations = new Map<string, string>();
  for (const [logicalId, resource] of resourcesOfType(
    references.template,
    'AWS::Lambda::EventInvokeConfig',
  )) {
    const { FunctionName, DestinationConfig } = readProperties(logicalId, resource, configSchema, references);
    const target = functions.find(({ name, arn }) => [name, arn].includes(FunctionName));
    if (target === undefined) {
      throw new TemplateError(`${logicalId}: its function is not one of this template`);
    }
    const destination = DestinationConfig.OnFailure?.Destination;
    if (destination !== undefined) {
      destinations.set(target.logicalId, checkedQueueArn(logicalId, destination, references));
    }
  }
  return destinations;
}
