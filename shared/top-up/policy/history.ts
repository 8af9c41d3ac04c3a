import type { TopUpState } from './state.ts';
export const minuteMs = 60_000;
export const bucketMs = 5 * minuteMs;
export const bucketsPerDay = 288;
export const dayMs = 86_400_000;

type History = Pick<TopUpState, 'recent' | 'bucket' | 'days'>;

export function recordUse(history: History, from: number, to: number, units: number, hidden: boolean, recentMinutes: number, historyDays: number): History {
  const rate = units / (to - from);
  // minutes
  const fromMinute = Math.floor(from / minuteMs);
  const toMinute = Math.ceil(to / minuteMs);
  let minutes = [...history.recent.units];
  let until = history.recent.until;
  if (toMinute - until > recentMinutes || toMinute < until - 2) { minutes = []; until = Math.max(fromMinute, toMinute - recentMinutes); }
  while (until < toMinute) { minutes.push(0); until += 1; }
  for (let m = Math.max(fromMinute, until - minutes.length); m < toMinute; m++) {
    const overlap = Math.min(to, (m + 1) * minuteMs) - Math.max(from, m * minuteMs);
    if (overlap > 0) minutes[minutes.length - (until - m)]! += rate * overlap;
  }
  if (minutes.length > recentMinutes) minutes = minutes.slice(-recentMinutes);
  // buckets
  let { index, units: open } = history.bucket;
  let days = history.days as Record<string, readonly number[]>;
  const first = Math.floor(from / bucketMs), last = Math.floor(to / bucketMs);
  const start = Math.max(first, last - bucketsPerDay);
  for (let b = start; b <= last; b++) {
    if (b !== index) { if (index >= 0 && b > index) days = close(days, index, open); index = b; open = 0; }
    const overlap = Math.min(to, (b + 1) * bucketMs) - Math.max(from, b * bucketMs);
    if (overlap > 0) { if (hidden) { if (open === 0) open = -1; } else open = Math.max(0, open) + rate * overlap; }
  }
  const names = Object.keys(days);
  if (names.length > historyDays + 1) { const kept = names.sort().slice(-historyDays - 1); days = Object.fromEntries(kept.map((n) => [n, days[n]!])); }
  return { recent: { until, units: minutes }, bucket: { index, units: open }, days };
}
function close(days: Record<string, readonly number[]>, index: number, units: number): Record<string, readonly number[]> {
  const name = new Date(index * bucketMs).toISOString().slice(0, 10);
  const old = days[name] ?? new Array<number>(bucketsPerDay).fill(-1);
  const at = index % bucketsPerDay;
  const copy = [...old]; copy[at] = units < 0 ? -1 : Math.round(units * 1e4) / 1e4;
  return { ...days, [name]: copy };
}
/** Contiguous five-minute use from `first` on, NaN... -1 where unknown; the last entry is the newest closed bucket */
export function timeline(history: History, startedAt: number, historyDays: number): { first: number; units: Float64Array } {
  const end = history.bucket.index; // exclusive
  const oldest = Math.max(Math.ceil(startedAt / bucketMs), end - (historyDays + 1) * bucketsPerDay + 1);
  const n = Math.max(0, end - oldest);
  const units = new Float64Array(n).fill(-1);
  for (const [name, values] of Object.entries(history.days)) {
    const base = Date.parse(name) / bucketMs - oldest;
    for (let i = Math.max(0, -base); i < bucketsPerDay && base + i < n; i++) units[base + i] = values[i]!;
  }
  return { first: oldest, units };
}
