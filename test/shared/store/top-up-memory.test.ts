import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemKey } from '../../../shared/store/item.ts';
import { createTopUpMemoryStore } from '../../../shared/store/top-up-memory.ts';
import type { TopUpMemory, TopUpMemoryStore } from '../../../shared/top-up/memory-port.ts';
import { createMemoryTopUpMemories } from '../../support/memory-top-up-memories.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { usd } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const memory: TopUpMemory = {
  arrivals: {
    bought: usd('12'),
    onTheWay: [{ units: usd('3'), at: testEpoch }],
    early: [],
    behind: 3n,
    lastUsable: usd('4.5'),
    lastCount: usd('100'),
    countIsWrong: false,
  },
};

let table: TestTable;
let stores: Record<'real' | 'fake', TopUpMemoryStore>;
beforeAll(async () => {
  table = await startOrderTable('dynoxide');
  stores = {
    real: createTopUpMemoryStore({ ...table, clock: createVirtualClock(), random: Math.random }),
    fake: createMemoryTopUpMemories(),
  };
});
afterAll(() => table.close());

describe.each(['real', 'fake'] as const)('the memory of balance checks (%s)', (which) => {
  it('gives back exactly what was written, and nothing at first', async () => {
    expect(await stores[which].read('chat-a')).toEqual({ memory: undefined, version: 0 });
    expect(await stores[which].write('chat-a', memory, 0)).toBe('written');
    expect(await stores[which].read('chat-a')).toEqual({ memory, version: 1 });
  });

  it('lets one of the checks that read the same memory write the next', async () => {
    const store = stores[which];
    const first = await Promise.all([1, 2, 3].map(() => store.write('chat-b', memory, 0)));
    expect(first.toSorted()).toEqual(['stale', 'stale', 'written']);
    const next = await Promise.all([1, 2, 3].map(() => store.write('chat-b', memory, 1)));
    expect(next.toSorted()).toEqual(['stale', 'stale', 'written']);
    expect((await store.read('chat-b')).version).toBe(2);
  });
});

describe('a memory that cannot be read', () => {
  it('counts as none, and is replaced', async () => {
    const Item = { ...itemKey('TOPUP#chat-c'), version: { N: '7' }, memory: { S: '{"arrivals":{}}' } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    expect(await stores.real.read('chat-c')).toEqual({ memory: undefined, version: 7 });
    expect(await stores.real.write('chat-c', memory, 7)).toBe('written');
    expect(await stores.real.read('chat-c')).toEqual({ memory, version: 8 });
  });
});
