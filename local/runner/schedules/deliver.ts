import { randomUUID } from 'node:crypto';
import type { FunctionDescription } from '../lambda/function-description.ts';
import { type InvocationResult, platformFailure } from '../lambda/invocation-result.ts';
import { type AsynchronousTools, invokeAsynchronously } from '../lambda/invoke-asynchronously.ts';
import type { QueueMessage } from '../queues/queue-set.ts';
import type { ScheduleDescription } from '../resources/schedules.ts';
import type { Firing } from './schedule-input.ts';

/**
 * Hands an event over to Lambda as the scheduler does, with the role of the schedule. What it may not hand over goes to
 * the schedule's dead-letter queue, if the role may send it there.
 */
export async function deliver(
  schedule: ScheduleDescription,
  target: FunctionDescription,
  event: unknown,
  firing: Firing,
  tools: AsynchronousTools,
): Promise<InvocationResult> {
  if (tools.access.schedulerMayInvoke(schedule, target)) return invokeAsynchronously(target, event, tools);
  const { deadLetterArn, roleArn } = schedule;
  if (deadLetterArn !== undefined && tools.access.maySend(roleArn, deadLetterArn, target)) {
    tools.queues.send(deadLetterArn, deadLetter(target, event, firing));
  }
  const failure = platformFailure('AccessDeniedException', 'The scheduler may not invoke the function.');
  return { requestId: randomUUID(), durationMs: 0, initDurationMs: undefined, ...failure };
}

function deadLetter({ arn }: FunctionDescription, event: unknown, firing: Firing): QueueMessage {
  return {
    body: JSON.stringify(event),
    attributes: {
      ERROR_CODE: 'AccessDeniedException',
      ERROR_MESSAGE: 'The role of the schedule may not invoke the function.',
      EXECUTION_ID: firing.executionId,
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: String(firing.attemptNumber - 1),
      SCHEDULED_TIME: new Date(firing.scheduledTime).toISOString(),
      SCHEDULE_ARN: firing.scheduleArn,
      TARGET_ARN: arn,
    },
  };
}
