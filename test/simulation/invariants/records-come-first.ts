import type { Invariant } from './invariant.ts';

/** An order without a record would be lost money. */
export const recordsComeFirst: Invariant = {
  number: 'I5',
  sentence: 'Every order of ours at the exchange has a record that is older.',
  atPost: ({ store }, { clientOrderId }) =>
    store.orders.has(clientOrderId) ? undefined : `${clientOrderId} was sent without a record`,
  afterEvent: ({ exchange, store, facts }) => {
    for (const { terms } of exchange.orders) {
      const recordedAt = facts.records.get(terms.clientOrderId)?.recordedAt;
      const isCovered =
        store.orders.has(terms.clientOrderId) && (recordedAt ?? Infinity) <= terms.submittedAt;
      if (!isCovered) return `${terms.exchangeOrderId} has no older record`;
    }
    return undefined;
  },
};
