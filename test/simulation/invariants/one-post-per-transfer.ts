import type { Invariant } from './invariant.ts';

/** The exchange carries out a repeated transfer a second time. */
export const onePostPerTransfer: Invariant = {
  number: 'M1',
  sentence: 'A transfer is sent once at most, and only when it is recorded and claimed.',
  atTransferPost: ({ facts, store }, transferId) => {
    const posts = facts.transfers.get(transferId)?.posts ?? 0;
    if (posts > 1) return `${transferId} was sent ${posts} times`;
    const record = store.transfers.get(transferId);
    return record?.sentAt === undefined ? `${transferId} was sent without a claim` : undefined;
  },
};
