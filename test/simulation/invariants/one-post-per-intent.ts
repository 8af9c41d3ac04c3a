import type { Invariant } from './invariant.ts';

/** Counted where requests leave, under everything that could repeat one. */
export const onePostPerIntent: Invariant = {
  number: 'I2',
  sentence: 'Never two POSTs for one intent.',
  atPost: ({ facts }, { clientOrderId }) => {
    const posts = facts.records.get(clientOrderId)?.posts ?? 0;
    return posts > 1 ? `${clientOrderId} was sent ${posts} times` : undefined;
  },
};
