/** What makes a balance check run. */
export type CheckTrigger = 'schedule' | 'wake-up';

/** One run of the balance check: a firing of the schedule, or a call that asks for a check now. */
export interface Tick {
  readonly stage: string;
  /** Whose run it is: the ARN of the schedule, or `wake-up`. With the time it makes the ids of the run's orders. */
  readonly scheduleArn: string;
  /** When it was due: ISO 8601. */
  readonly scheduledTime: string;
  /** Minutes from one firing of the schedule to the next; absent where nobody says so, and taken for 1. */
  readonly everyMinutes?: number;
  readonly trigger: CheckTrigger;
  /** Symbols of instruments that applications were refused for want of Units. */
  readonly refused: ReadonlySet<string>;
}
