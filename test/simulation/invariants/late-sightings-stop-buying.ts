import { isLateSighting } from '../world/facts.ts';
import type { Invariant } from './invariant.ts';

/** What the rules exclude has happened: a person must look before more is bought. */
export const lateSightingsStopBuying: Invariant = {
  number: 'L1',
  sentence: 'An order that is seen after its end opens the breaker before it is written.',
  atWrite: ({ facts }, write) =>
    isLateSighting(write) && !facts.breakerReferences.has(write.after.orderId)
      ? `${write.after.orderId} was seen late, and the breaker was not opened`
      : undefined,
};
