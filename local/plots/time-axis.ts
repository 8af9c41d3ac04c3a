import { minutesIn } from './zone.ts';

/** A labelled place on a time axis. */
export interface TimeLabel {
  /** From the beginning (0) to the end (1). */
  readonly place: number;
  readonly text: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 4, 7, 14, 28, 56, 112, 364].map((count) => count * day),
];

/**
 * Round times between two times, at most so many: times of day, and the date at midnight.
 *
 * @param from ms since the epoch, as `to`
 * @param zone IANA name of the time zone
 */
export function timeLabels(from: number, to: number, most: number, zone = 'UTC'): readonly TimeLabel[] {
  if (to <= from) return [];
  // The offset at the end counts for all of it: where the clock is changed in between, labels are right and less round.
  const offset = minutesIn(zone, to) * minute;
  const step = steps.find((one) => (to - from) / one <= most) ?? to - from;
  // Several days begin with the first midnight there is.
  const round = Math.min(step, day);
  const first = Math.ceil((from + offset) / round) * round - offset;
  const times: number[] = [];
  for (let at = first; at < to && times.length < most; at += step) times.push(at);
  // Within a minute no time is round.
  if (times.length === 0) return [{ place: 0, text: timeText(from, zone) }];
  return times.map((at) => ({ place: (at - from) / (to - from), text: labelOf(at, step, zone) }));
}

function labelOf(at: number, step: number, zone: string): string {
  const time = timeText(at, zone);
  return step >= day || time === '00:00' ? dateText(at, zone) : time;
}

/** Such as `14:05`. */
export function timeText(at: number, zone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Such as `24 Nov`. */
export function dateText(at: number, zone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' }).format(at);
}
