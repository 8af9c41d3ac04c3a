import { minutesPerDay } from '../calendar.ts';
import { createRandom } from '../random.ts';
import type { Conditions } from './conditions.ts';

const outageMinutes = 10;
const outageEveryDays = 3;

/** Which reviews do not happen: 1 at their minutes. `isOut` marks the outages alone, in which wake-ups fail as well. */
export interface Failures {
  readonly isLost: Uint8Array;
  readonly isOut: Uint8Array;
}

/** Drawn before the run, so that every policy meets the same failures. */
export function drawFailures(conditions: Conditions, reviewEvery: number, minutes: number): Failures {
  const isOut = new Uint8Array(minutes);
  if (conditions.hasOutages) drawOutages(isOut, conditions.failureSeed);
  const isLost = isOut.slice();
  const random = createRandom(conditions.failureSeed);
  for (let minute = 0; minute < minutes; minute += reviewEvery) {
    if (isOut[minute] === 0 && random.fraction() < conditions.lostReviews) isLost[minute] = 1;
  }
  return { isLost, isOut };
}

/** Some ten minutes of every third day. */
function drawOutages(isOut: Uint8Array, seed: number): void {
  const random = createRandom(seed + 1_000_003);
  for (let day = outageEveryDays - 1; day * minutesPerDay < isOut.length; day += outageEveryDays) {
    const start = day * minutesPerDay + Math.floor(random.fraction() * (minutesPerDay - outageMinutes));
    isOut.fill(1, start, start + outageMinutes);
  }
}
