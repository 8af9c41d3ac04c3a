import { isWithinAssumptions } from '../faults/fault-plan.ts';
import { overrunOf } from '../world/facts.ts';
import type { Invariant } from './invariant.ts';

/** What may cost more than was set aside is bought once, not again and again. */
export const overrunsStopBuying: Invariant = {
  number: 'L2',
  sentence:
    'An order that takes more from its budgets than it held opens the breaker before it is written, and within the assumptions only one without a limit does.',
  atWrite: ({ facts, scenario }, write) => {
    if (overrunOf(write) === 0n) return undefined;
    const { orderId, sentType } = write.after;
    if (!facts.breakerReferences.has(orderId))
      return `${orderId} is an overrun, and the breaker was not opened`;
    const isBounded = sentType === 'limit' && isWithinAssumptions(scenario);
    return isBounded ? `${orderId} is an overrun in spite of its limit` : undefined;
  },
};
