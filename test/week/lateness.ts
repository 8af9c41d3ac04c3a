import { createRandom } from '../../local/backtest/random.ts';

const seed = 11;

/** How late the schedule fires in each minute: up to so many ms, as in AWS, where it is not exact either. */
export function drawLateness(minutes: number, mostMs: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: minutes }, () => Math.floor(random.fraction() * mostMs));
}
