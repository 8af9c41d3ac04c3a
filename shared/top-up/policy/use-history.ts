import { rounded } from './statistics.ts';

export const minuteMs = 60_000;
export const bucketMinutes = 5;
export const bucketMs = bucketMinutes * minuteMs;
export const bucketsPerDay = 288;

/** A bucket of which nothing is known: nobody looked. */
const unknownUse = -1;

/** What was used when: by minute lately, by five minutes for a week. */
export interface UseHistory {
  /** Units by minute, newest last; `until` counts minutes since the epoch and is the one after the newest. */
  readonly recent: { readonly until: number; readonly units: readonly number[] };
  /** The five minutes that are not over: their number since the epoch, and the Units so far. */
  readonly open: { readonly bucket: number; readonly units: number };
  /** Units in each five minutes of a UTC day, rounded to 1e-4; -1 where nothing is known. By ISO date. */
  readonly days: Readonly<Record<string, readonly number[]>>;
}

/** Use between two reviews. */
export interface UsedUnits {
  /** Ms since the epoch; `from` is before `to`. */
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

export function emptyHistory(now: number): UseHistory {
  return {
    recent: { until: Math.floor(now / minuteMs), units: [] },
    open: { bucket: Math.floor(now / bucketMs), units: unknownUse },
    days: {},
  };
}

/** The history with the use between two reviews, spread evenly over the time between them. */
export function recordUse(
  history: UseHistory,
  used: UsedUnits,
  keep: { readonly minutes: number; readonly days: number },
): UseHistory {
  const { open, days } = recordBuckets(history, used);
  return {
    recent: recordMinutes(history.recent, used, keep.minutes),
    open,
    days: days === history.days ? days : newestDays(days, keep.days + 1),
  };
}

function recordMinutes(recent: UseHistory['recent'], used: UsedUnits, keep: number): UseHistory['recent'] {
  const until = Math.ceil(used.to / minuteMs);
  const first = until - keep;
  const oldFirst = recent.until - recent.units.length;
  const units: number[] = [];
  for (
    let minute = Math.max(first, Math.min(oldFirst, Math.floor(used.from / minuteMs)));
    minute < until;
    minute += 1
  ) {
    const before = recent.units[minute - oldFirst] ?? 0;
    units.push(rounded(before + unitsWithin(used, minute * minuteMs, minuteMs), 1e6));
  }
  return { until, units };
}

function recordBuckets(history: UseHistory, used: UsedUnits): Pick<UseHistory, 'open' | 'days'> {
  const last = Math.floor(used.to / bucketMs);
  let { open, days } = history;
  // After a long silence only its last day is worth writing down; the rest stays unknown.
  let bucket = Math.max(Math.floor(used.from / bucketMs), last - bucketsPerDay);
  for (; bucket <= last; bucket += 1) {
    if (bucket !== open.bucket) {
      days = closeBucket(days, open);
      open = { bucket, units: unknownUse };
    }
    open = { bucket, units: added(open.units, used, bucket) };
  }
  return { open, days };
}

function added(before: number, used: UsedUnits, bucket: number): number {
  const start = bucket * bucketMs;
  if (used.to <= start) return before;
  return Math.max(0, before) + unitsWithin(used, start, bucketMs);
}

function unitsWithin(used: UsedUnits, start: number, length: number): number {
  const overlap = Math.min(used.to, start + length) - Math.max(used.from, start);
  return overlap <= 0 ? 0 : (used.units * overlap) / (used.to - used.from);
}

function closeBucket(days: UseHistory['days'], open: UseHistory['open']): UseHistory['days'] {
  if (open.units === unknownUse) return days;
  const day = isoDay(open.bucket);
  const units = [...(days[day] ?? Array.from({ length: bucketsPerDay }, () => unknownUse))];
  units[open.bucket % bucketsPerDay] = rounded(open.units);
  return { ...days, [day]: units };
}

function newestDays(days: UseHistory['days'], keep: number): UseHistory['days'] {
  const names = Object.keys(days);
  if (names.length <= keep) return days;
  const kept = new Set(names.toSorted().slice(-keep));
  return Object.fromEntries(Object.entries(days).filter(([day]) => kept.has(day)));
}

function isoDay(bucket: number): string {
  return new Date(bucket * bucketMs).toISOString().slice(0, 10);
}

/** Use by five minutes without gaps, oldest first, up to the newest closed bucket; -1 where nothing is known. */
export function timeline(history: UseHistory, days: number): Float64Array {
  const end = history.open.bucket;
  const names = Object.keys(history.days).toSorted();
  const oldest = names[0] === undefined ? end : firstBucketOf(names[0]);
  const first = Math.max(oldest, end - days * bucketsPerDay);
  const units = new Float64Array(Math.max(0, end - first)).fill(unknownUse);
  for (const name of names) copyDay(history.days[name] ?? [], firstBucketOf(name) - first, units);
  return units;
}

function copyDay(day: readonly number[], offset: number, units: Float64Array): void {
  for (let index = Math.max(0, -offset); index < day.length && offset + index < units.length; index += 1) {
    units[offset + index] = day[index] ?? unknownUse;
  }
}

function firstBucketOf(day: string): number {
  return Math.floor(Date.parse(day) / bucketMs);
}
