import type { Context } from 'aws-lambda';
import { systemClock } from '../time/system-clock.ts';

/** What is left over after the last call, to record and answer. */
const marginMs = 3_000;

/** When an invocation must be done with calls to the outside, ms since the epoch. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>): number {
  return systemClock.now() + context.getRemainingTimeInMillis() - marginMs;
}

/**
 * middy would answer 5 ms before Lambda's time-out and let the handler run on, into the next invocation. Ours keep
 * to their own deadline, long before.
 */
export const lambdaEndsIt = { timeoutEarlyInMillis: 0 };
