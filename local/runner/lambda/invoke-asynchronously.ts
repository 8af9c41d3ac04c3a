import type { PlatformAccess } from '../access/platform-access.ts';
import type { QueueMessage, QueueSet } from '../queues/queue-set.ts';
import type { FunctionDescription } from './function-description.ts';
import type { InvocationResult } from './invocation-result.ts';

/** What invoking asynchronously needs. */
export interface AsynchronousTools {
  readonly invoke: (functionLogicalId: string, event: unknown) => Promise<InvocationResult>;
  readonly access: PlatformAccess;
  readonly queues: QueueSet;
  /** ARN of a queue by logical id of the function. */
  readonly failureDestinations: ReadonlyMap<string, string>;
}

/**
 * Invokes a function as from Lambda's own queue: nobody waits for the answer, and what failed goes to the function's
 * destination, if its role may send it there.
 *
 * @returns the result all the same, for those who look on
 */
export async function invokeAsynchronously(
  description: FunctionDescription,
  event: unknown,
  { invoke, access, queues, failureDestinations }: AsynchronousTools,
): Promise<InvocationResult> {
  const result = await invoke(description.logicalId, event);
  const destination = failureDestinations.get(description.logicalId);
  if (result.ok || destination === undefined) return result;
  if (access.maySend(description.roleArn, destination, description)) {
    queues.send(destination, failureRecord(description, event, result));
  }
  return result;
}

function failureRecord(
  { arn }: FunctionDescription,
  event: unknown,
  { requestId, error }: Extract<InvocationResult, { ok: false }>,
): QueueMessage {
  const record = {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 1,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: error,
  };
  return { body: JSON.stringify(record), attributes: {} };
}
