/** The facts of one firing that the scheduler puts into the target's input. */
export interface Firing {
  readonly scheduleArn: string;
  /** Milliseconds since the epoch. */
  readonly scheduledTime: number;
  readonly executionId: string;
  readonly attemptNumber: number;
}

interface Target {
  readonly input: string | undefined;
  readonly accountId: string;
  readonly region: string;
}

/** The event that the function gets: the schedule's input with the placeholders filled in. */
export function scheduleEvent(target: Target, firing: Firing): unknown {
  if (target.input === undefined) return defaultEvent(target, firing);
  const event: unknown = JSON.parse(filledIn(target.input, firing));
  return event;
}

function filledIn(input: string, firing: Firing): string {
  return input
    .replaceAll('<aws.scheduler.scheduled-time>', wholeSeconds(firing.scheduledTime))
    .replaceAll('<aws.scheduler.schedule-arn>', firing.scheduleArn)
    .replaceAll('<aws.scheduler.execution-id>', firing.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(firing.attemptNumber));
}

/** What the scheduler sends to a function when the schedule has no input. */
function defaultEvent({ accountId, region }: Target, firing: Firing): unknown {
  return {
    version: '0',
    id: firing.executionId,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: wholeSeconds(firing.scheduledTime),
    region,
    resources: [firing.scheduleArn],
    detail: '{}',
  };
}

/** The scheduler writes times without milliseconds. */
function wholeSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
