import { Cron } from 'croner';

/** When a schedule fires. */
export interface ScheduleExpression {
  /**
   * The next time strictly after `after`, undefined when there is none.
   * Both are milliseconds since the epoch. `origin` is when the schedule was created: rates count from it.
   */
  next(after: number, origin: number): number | undefined;
}

const unitMs = new Map([
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);

/** Reads `rate(...)`, `cron(...)` or `at(...)`. Undefined when it is none of them or the zone is unknown. */
export function parseExpression(text: string, timeZone: string): ScheduleExpression | undefined {
  const [, kind, content = ''] = /^(rate|cron|at)\((.+)\)$/.exec(text.trim()) ?? [];
  if (kind === 'rate') return parseRate(content);
  if (kind === 'cron') return parseCron(content, timeZone);
  if (kind === 'at') return parseAt(content, timeZone);
  return undefined;
}

function parseRate(content: string): ScheduleExpression | undefined {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(content) ?? [];
  const intervalMs = Number(count) * (unitMs.get(unit) ?? 0);
  if (intervalMs <= 0) return undefined;
  return {
    // The first time is the creation itself.
    next: (after, origin) =>
      after < origin ? origin : origin + (Math.floor((after - origin) / intervalMs) + 1) * intervalMs,
  };
}

/** AWS counts Sunday as 1, has no seconds, and has a year as its sixth field. */
function parseCron(content: string, timezone: string): ScheduleExpression | undefined {
  if (content.trim().split(/\s+/).length !== 6) return undefined;
  return fromPattern(`0 ${content}`, timezone);
}

function parseAt(content: string, timezone: string): ScheduleExpression | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(content) ? fromPattern(content, timezone) : undefined;
}

function fromPattern(pattern: string, timezone: string): ScheduleExpression | undefined {
  try {
    const cron = new Cron(pattern, {
      timezone,
      paused: true,
      alternativeWeekdays: true,
      // AWS writes steps as `0/20`.
      sloppyRanges: true,
    });
    // Asked once here: an unknown time zone is only noticed when a time is computed.
    cron.nextRun(new Date(0));
    return { next: (after) => cron.nextRun(new Date(after))?.getTime() };
  } catch {
    return undefined;
  }
}
