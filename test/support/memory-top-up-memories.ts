import type { StoredMemory, TopUpMemoryStore } from '../../shared/top-up/memory-port.ts';

/** The memories of balance checks, with the same promises as the real ones. */
export function createMemoryTopUpMemories(): TopUpMemoryStore {
  const memories = new Map<string, StoredMemory>();
  const none: StoredMemory = { memory: undefined, version: 0 };
  return {
    read: async (instrument) => memories.get(instrument) ?? none,
    write: async (instrument, memory, previous) => {
      const { version } = memories.get(instrument) ?? none;
      if (version !== previous.version) return 'stale';
      memories.set(instrument, { memory, version: version + 1 });
      return 'written';
    },
  };
}
