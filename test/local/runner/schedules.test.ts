import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../local/runner/schedules/expression.ts';
import { runSchedule } from '../../../local/runner/schedules/run-schedule.ts';
import { scheduleEvent } from '../../../local/runner/schedules/schedule-input.ts';
import type { SchedulerClock } from '../../../local/runner/schedules/scheduler-clock.ts';

/** A clock that stands still until it is moved. */
function createClock(start: string) {
  let now = Date.parse(start);
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const clock: SchedulerClock = {
    now: () => now,
    after: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((candidate) => candidate !== timer);
      };
    },
  };
  /** Moves on, timer by timer. */
  const moveTo = (time: string): void => {
    const end = Date.parse(time);
    for (;;) {
      const [due] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (due === undefined) break;
      timers = timers.filter((candidate) => candidate !== due);
      now = Math.max(now, due.at);
      due.callback();
    }
    now = end;
  };
  /** Lets time pass as in a computer that sleeps: timers fire late, at the end. */
  const sleepUntil = (time: string): void => {
    now = Date.parse(time);
    moveTo(time);
  };
  return { clock, moveTo, sleepUntil, pending: () => timers.length };
}

function firstTimes(expression: string, zone: string, from: string, count: number): string[] {
  const parsed = parseExpression(expression, zone);
  const times: string[] = [];
  let time = Date.parse(from);
  for (let index = 0; index < count; index += 1) {
    const next = parsed?.next(time, Date.parse(from));
    if (next === undefined) break;
    times.push(new Date(next).toISOString().slice(0, 16));
    time = next;
  }
  return times;
}

describe('the times of an expression', () => {
  it.each([
    ['cron(0 9 ? * MON-FRI *)', 'Europe/London', ['2026-10-23T08:00', '2026-10-26T09:00']],
    ['cron(0 12 ? * 1 *)', 'UTC', ['2026-10-25T12:00', '2026-11-01T12:00']],
    ['cron(0 0 ? * 6#3 *)', 'UTC', ['2026-11-20T00:00', '2026-12-18T00:00']],
    ['cron(30 23 L * ? *)', 'UTC', ['2026-10-31T23:30', '2026-11-30T23:30']],
    ['cron(0/20 8 1 1 ? 2027)', 'UTC', ['2027-01-01T08:00', '2027-01-01T08:20']],
    ['rate(5 minutes)', 'UTC', ['2026-10-22T12:05', '2026-10-22T12:10']],
    ['rate(1 day)', 'UTC', ['2026-10-23T12:00', '2026-10-24T12:00']],
  ])('%s in %s', (expression, zone, expected) => {
    expect(firstTimes(expression, zone, '2026-10-22T12:00:00Z', 2)).toEqual(expected);
  });

  it('of at() is one, in its zone', () => {
    const times = firstTimes('at(2026-12-24T18:00:00)', 'America/New_York', '2026-10-22T12:00:00Z', 2);
    expect(times).toEqual(['2026-12-24T23:00']);
  });

  it.each([
    ['rate(0 minutes)', 'UTC'],
    ['rate(1 fortnight)', 'UTC'],
    ['cron(0 9 * * *)', 'UTC'],
    ['cron(0 99 ? * * *)', 'UTC'],
    ['cron(0 9 ? * * *)', 'Europe/Atlantis'],
    ['every minute', 'UTC'],
  ])('are not made up: %s in %s', (expression, zone) => {
    expect(parseExpression(expression, zone)).toBeUndefined();
  });
});

function run(expression: string, start: string) {
  const parsed = parseExpression(expression, 'UTC');
  if (parsed === undefined) throw new Error('the expression is not understood');
  const time = createClock(start);
  const fired: string[] = [];
  const stop = runSchedule(parsed, time.clock, (at) => {
    fired.push(new Date(at).toISOString().slice(11, 19));
  });
  return { ...time, fired, stop };
}

describe('a running schedule', () => {
  it('fires a rate at its creation and then in steps from there', () => {
    const { moveTo, fired } = run('rate(1 minute)', '2026-11-23T10:00:30Z');
    moveTo('2026-11-23T10:02:31Z');
    expect(fired).toEqual(['10:00:30', '10:01:30', '10:02:30']);
  });

  it('waits through hours for a cron time', () => {
    const { moveTo, fired } = run('cron(0 12 * * ? *)', '2026-11-23T10:00:00Z');
    moveTo('2026-11-23T11:59:59Z');
    expect(fired).toEqual([]);
    moveTo('2026-11-23T12:00:00Z');
    expect(fired).toEqual(['12:00:00']);
  });

  it('fires once for the last of the times that a sleeping computer missed', () => {
    const { moveTo, sleepUntil, fired } = run('rate(1 minute)', '2026-11-23T10:00:00Z');
    moveTo('2026-11-23T10:00:01Z');
    sleepUntil('2026-11-23T13:00:30Z');
    expect(fired).toEqual(['10:00:00', '13:00:00']);
  });

  it('fires no more once it is stopped', () => {
    const { moveTo, fired, stop, pending } = run('rate(1 minute)', '2026-11-23T10:00:00Z');
    moveTo('2026-11-23T10:00:01Z');
    stop();
    moveTo('2026-11-23T11:00:00Z');
    expect([fired, pending()]).toEqual([['10:00:00'], 0]);
  });
});

describe('the input of a schedule', () => {
  const firing = {
    scheduleArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/s',
    scheduledTime: Date.parse('2026-11-23T10:00:00.789Z'),
    executionId: 'e-1',
    attemptNumber: 1,
  };
  const place = { accountId: '123456789012', region: 'eu-west-1' };

  it('has the placeholders filled in, each time they occur', () => {
    const input =
      '{"t":"<aws.scheduler.scheduled-time>","again":"<aws.scheduler.scheduled-time>","a":"<aws.scheduler.schedule-arn>","e":"<aws.scheduler.execution-id>","n":<aws.scheduler.attempt-number>}';
    expect(scheduleEvent({ ...place, input }, firing)).toEqual({
      t: '2026-11-23T10:00:00Z',
      again: '2026-11-23T10:00:00Z',
      a: firing.scheduleArn,
      e: 'e-1',
      n: 1,
    });
  });

  it('is the event of the scheduler when there is none', () => {
    expect(scheduleEvent({ ...place, input: undefined }, firing)).toMatchObject({
      source: 'aws.scheduler',
      time: '2026-11-23T10:00:00Z',
      resources: [firing.scheduleArn],
      detail: '{}',
    });
  });
});
