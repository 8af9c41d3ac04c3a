import { systemClock } from '../time/system-clock.ts';

/** A start that hangs would be ended and begun again by Lambda. */
const longestMs = 3_000;

/** Waits for what makes the first invocation quicker, and not for long. What fails now is done when it is needed. */
export async function atStart(preparations: readonly Promise<unknown>[]): Promise<void> {
  await Promise.race([Promise.allSettled(preparations), systemClock.wait(longestMs)]);
}
