import type { Invariant } from './invariant.ts';

/** A stage that nobody has switched on. */
export const dryRunSendsNothing: Invariant = {
  number: 'I13',
  sentence: 'Where buying was never allowed, nothing is recorded and nothing is sent.',
  atPost: ({ facts }, { clientOrderId }) =>
    facts.wasEverLive ? undefined : `${clientOrderId} was sent in a dry run`,
  afterEvent: ({ facts, store }) =>
    facts.wasEverLive || store.orders.size === 0 ? undefined : 'an order was recorded in a dry run',
};
