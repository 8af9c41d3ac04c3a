import type { Tick } from './tick.ts';

/**
 * Whose order book a check reads though nothing depends on it, so that the market of every instrument is seen: one after the
 * other, by the number of the schedule's firing. It rests on nothing stored, so neither checks that were lost nor an
 * instrument that fails keep others from their turn.
 *
 * @param count of instruments
 * @returns an index
 */
export function turnOf({ scheduledTime, everyMinutes = 1 }: Tick, count: number): number {
  return Math.floor(Date.parse(scheduledTime) / (everyMinutes * 60_000)) % count;
}
