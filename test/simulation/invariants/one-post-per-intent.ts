import type { Invariant } from './invariant.ts';

/** Counted where requests leave, under everything that could repeat one. */
export const onePostPerIntent: Invariant = {
  number: 'I2',
  sentence:
    'Never two POSTs for one intent, but for one that a restored table does not know and that the exchange has no order of.',
  atPost: ({ facts, exchange }, { clientOrderId }) => {
    const { posts = 0, forgottenPosts = 0 } = facts.records.get(clientOrderId) ?? {};
    const isThere = exchange.ordersOf(clientOrderId).length > 0;
    const counted = posts + (isThere ? forgottenPosts : 0);
    return counted > 1 ? `${clientOrderId} was sent ${counted} times` : undefined;
  },
};
