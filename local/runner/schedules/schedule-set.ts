import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import type { ScheduleDescription } from '../resources/schedules.ts';
import type { StackIdentity } from '../template/identity.ts';
import { runSchedule } from './run-schedule.ts';
import { type Firing, scheduleEvent } from './schedule-input.ts';
import type { SchedulerClock } from './scheduler-clock.ts';

/** What the schedules need from the runner. */
export interface ScheduleSetOptions {
  readonly schedules: readonly ScheduleDescription[];
  readonly identity: StackIdentity;
  readonly clock: SchedulerClock;
  readonly onFired: (scheduleLogicalId: string, scheduledTime: number) => void;
  /** Hands an event over to the function of a schedule. */
  readonly deliver: (
    schedule: ScheduleDescription,
    event: unknown,
    firing: Firing,
  ) => Promise<InvocationResult>;
}

/** All schedules of a stack. */
export class ScheduleSet {
  readonly #options: ScheduleSetOptions;
  readonly #stops: (() => void)[] = [];
  #started = false;

  constructor(options: ScheduleSetOptions) {
    this.#options = options;
  }

  /** Starts firing the enabled schedules at their times. Does nothing the second time. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { schedules, clock } = this.#options;
    for (const schedule of schedules.filter(({ enabled }) => enabled)) {
      const fire = (scheduledTime: number): void => {
        // Failures of the function are events; here only a stack that is closing can fail.
        this.#fire(schedule, scheduledTime).catch(() => {});
      };
      this.#stops.push(runSchedule(schedule.expression, clock, fire));
    }
  }

  /** Fires one schedule now and waits for its function. @throws when it is not clear which one */
  fire(logicalId: string | undefined, scheduledTime: number | undefined): Promise<InvocationResult> {
    const { schedules, clock } = this.#options;
    const matching = schedules.filter(
      (schedule) => logicalId === undefined || schedule.logicalId === logicalId,
    );
    const [schedule, ...more] = matching;
    if (schedule === undefined || more.length > 0) {
      const known = schedules.map((candidate) => candidate.logicalId).join(', ') || 'none';
      throw new Error(`Which schedule is to be fired is not clear; there are: ${known}.`);
    }
    return this.#fire(schedule, scheduledTime ?? clock.now());
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #fire(schedule: ScheduleDescription, scheduledTime: number): Promise<InvocationResult> {
    const { identity, deliver, onFired } = this.#options;
    const firing = {
      scheduleArn: schedule.arn,
      scheduledTime,
      executionId: randomUUID(),
      attemptNumber: 1,
    };
    const event = scheduleEvent(
      { input: schedule.input, accountId: identity.accountId, region: identity.region },
      firing,
    );
    onFired(schedule.logicalId, scheduledTime);
    return deliver(schedule, event, firing);
  }
}
