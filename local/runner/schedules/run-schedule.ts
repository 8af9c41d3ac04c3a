import type { ScheduleExpression } from './expression.ts';
import type { SchedulerClock } from './scheduler-clock.ts';

/** Longer delays overflow Node's timers, and a short sleep notices a changed clock sooner. */
const longestDelayMs = 60_000;

/**
 * Fires a schedule at its times until it is stopped.
 * Times that pass while the computer sleeps are skipped, but for the last one.
 *
 * @param fire gets the scheduled time, which is before the real time by a little
 * @returns stops the schedule
 */
export function runSchedule(
  expression: ScheduleExpression,
  clock: SchedulerClock,
  fire: (scheduledTime: number) => void,
): () => void {
  const origin = clock.now();
  let cancel: (() => void) | undefined;
  let stopped = false;
  const waitFor = (time: number | undefined): void => {
    if (time === undefined || stopped) return;
    const delayMs = Math.min(Math.max(time - clock.now(), 0), longestDelayMs);
    cancel = clock.after(delayMs, () => {
      if (clock.now() < time) waitFor(time);
      else fireLatest(time);
    });
  };
  const fireLatest = (due: number): void => {
    let latest = due;
    let next = expression.next(latest, origin);
    while (next !== undefined && next <= clock.now()) {
      latest = next;
      next = expression.next(latest, origin);
    }
    fire(latest);
    waitFor(next);
  };
  waitFor(expression.next(origin - 1, origin));
  return () => {
    stopped = true;
    cancel?.();
  };
}
