import type { TimeLabel } from '../../plots/time-axis.ts';
import { minutesPerDay, weekdays } from '../calendar.ts';

/**
 * The days of a trace between two of its minutes, at most so many: weekdays, or every so many counted days where there are
 * more.
 */
export function dayLabels(from: number, to: number, most: number): readonly TimeLabel[] {
  const first = Math.ceil(from / minutesPerDay);
  const days = Math.max(1, Math.ceil(to / minutesPerDay) - first);
  const step = Math.ceil(days / Math.max(1, most));
  return Array.from({ length: Math.ceil(days / step) }, (_, index) => {
    const day = first + index * step;
    const text = step === 1 ? (weekdays[day % weekdays.length] ?? '') : `day ${day + 1}`;
    return { place: (day * minutesPerDay - from) / (to - from), text };
  });
}
