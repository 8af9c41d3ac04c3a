import { minuteMs, type Period } from './period.ts';

/** A period in equal spans, for plots. The last one may be cut short. */
export interface Spans {
  readonly count: number;
  readonly lengthMs: number;
}

/** On a phone each of so many is still wider than a pixel. */
const mostSpans = 200;
const lengths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minuteMs);

/** The shortest round spans of which there are not too many. */
export function spansOf({ from, to }: Period): Spans {
  const lengthMs = lengths.find((length) => (to - from) / length <= mostSpans) ?? 2 * 1440 * minuteMs;
  return { lengthMs, count: Math.max(1, Math.ceil((to - from) / lengthMs)) };
}

/** Entries by the span that they are in; those outside are left out. */
export function intoSpans<Entry>(
  { from, to }: Period,
  { count, lengthMs }: Spans,
  entries: readonly Entry[],
  at: (entry: Entry) => number,
): readonly (readonly Entry[])[] {
  const found: Entry[][] = Array.from({ length: count }, () => []);
  for (const entry of entries) {
    const time = at(entry);
    if (time >= from && time < to) found[Math.floor((time - from) / lengthMs)]?.push(entry);
  }
  return found;
}
