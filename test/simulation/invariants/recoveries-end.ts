import type { Invariant } from './invariant.ts';

/** A restored table that never buys again would be safe as well. */
export const recoveriesEnd: Invariant = {
  number: 'B1',
  sentence: 'When the faults have stopped, the recovery of a restored table comes to its end.',
  afterHealing: ({ facts, scenario }) =>
    scenario.restore === undefined || facts.restore === 'over' ? undefined : `it is ${facts.restore}`,
};
