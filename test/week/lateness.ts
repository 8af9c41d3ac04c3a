import { createRandom } from '../../local/backtest/random.ts';

const seed = 11;

const mostMs = 2000;

/** How late the schedule fires in each minute, ms: up to two seconds, for in AWS it is not exact either. */
export function drawLateness(minutes: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: minutes }, () => Math.floor(random.fraction() * mostMs));
}
