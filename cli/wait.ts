import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, and stops waiting when it is interrupted. */
export async function pause(milliseconds: number, interrupted: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: interrupted });
  } catch (error) {
    if (!interrupted.aborted) throw error;
  }
}
