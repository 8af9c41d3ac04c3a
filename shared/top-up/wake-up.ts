import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { Tick } from './tick.ts';

/** From one check that was asked for to the next. ms */
const wakeUpIntervalMs = 10_000;

/** Stands in for the schedule's ARN where a check was asked for: no schedule has this name. */
const wakeUpSchedule = 'wake-up';

/** Lets one of many callers begin. */
export interface WakeUpGate {
  /**
   * Notes that a check begins now, unless another one has begun within the interval.
   *
   * @param now ms since the epoch
   */
  begin(now: number, intervalMs: number): Promise<WakeUpAdmission>;
}

export type WakeUpAdmission =
  | { readonly kind: 'begun' }
  /** Another one has; `startedAt` in ms since the epoch. */
  | { readonly kind: 'running'; readonly startedAt: number };

export interface WakeUpPorts {
  readonly gate: WakeUpGate;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

export type WakeUpResult<Check> =
  | { readonly kind: 'checked'; readonly startedAt: number; readonly check: Check }
  | { readonly kind: 'running'; readonly startedAt: number; readonly retryAfterMs: number };

/**
 * Checks the balances now: many calls at once are one check, which is the same as the schedule's with an identity of its
 * own.
 *
 * @param check runs a balance check for a tick
 * @throws StoreUnavailableError, and whatever the check throws
 */
export async function wakeUp<Check>(
  ports: WakeUpPorts,
  check: (tick: Omit<Tick, 'stage' | 'refused'>) => Promise<Check>,
): Promise<WakeUpResult<Check>> {
  const now = ports.clock.now();
  const scheduledTime = new Date(now).toISOString();
  const admission = await ports.gate.begin(now, wakeUpIntervalMs);
  if (admission.kind === 'running') {
    const { startedAt } = admission;
    return { kind: 'running', startedAt, retryAfterMs: startedAt + wakeUpIntervalMs - now };
  }
  ports.log.info('wake-up', { scheduledTime });
  const done = await check({ scheduleArn: wakeUpSchedule, scheduledTime, trigger: 'wake-up' });
  return { kind: 'checked', startedAt: now, check: done };
}
