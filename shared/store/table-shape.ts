/** Keys and indexes of the one table. The stack creates what the store reads; both take the names from here. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Time to live, in seconds since the epoch. Housekeeping only: no decision rests on an item being gone. */
  timeToLive: 'expiresAt',
  /** Orders that are not finished. Sparse: finished orders carry neither attribute. Keys only. */
  workIndex: { name: 'work', partitionKey: 'work', sortKey: 'dueAt' },
  /** All orders by time of creation (ms since the epoch), for listing. Never used for a decision. */
  createdIndex: { name: 'created', partitionKey: 'collection', sortKey: 'createdAt' },
} as const;
