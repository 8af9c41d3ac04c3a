import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Item, itemKey } from '../../../shared/store/item.ts';
import { createTopUpMemoryStore } from '../../../shared/store/top-up-memory.ts';
import type { StoredMemory, TopUpMemory, TopUpMemoryStore } from '../../../shared/top-up/memory-port.ts';
import { createMemoryTopUpMemories } from '../../support/memory-top-up-memories.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { usd } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

/** What else a policy keeps comes back as well. */
const policyState = { version: 1, rate: 0.1, days: { '2026-11-22': [0, 1.5], '2026-11-23': [0.25] } };
const memory: TopUpMemory = {
  arrivals: {
    at: testEpoch,
    bought: usd('12'),
    onTheWay: [{ units: usd('3'), at: testEpoch }],
    early: [],
    behind: 3n,
    lastUsable: usd('4.5'),
    lastCount: usd('100'),
    roseUncounted: false,
    missingSince: testEpoch,
    countIsWrong: false,
  },
  toldFills: { quantity: 12n, spent: usd('24.5') },
  policy: policyState,
  use: { perMinute: 0.2, minutes: 30 },
  book: { readAt: testEpoch, bestAsk: usd('2.02') },
};
const nothing: StoredMemory = { memory: undefined, version: 0 };

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
    expect(await stores[which].read('chat-a')).toEqual(nothing);
    expect(await stores[which].write('chat-a', memory, nothing)).toBe('written');
    expect(await stores[which].read('chat-a')).toEqual({ memory, version: 1 });
  });

  it('lets one of the checks that read the same memory write the next', async () => {
    const store = stores[which];
    const first = await Promise.all([1, 2, 3].map(() => store.write('chat-b', memory, nothing)));
    expect(first.toSorted()).toEqual(['stale', 'stale', 'written']);
    const read = await store.read('chat-b');
    const next = await Promise.all([1, 2, 3].map(() => store.write('chat-b', memory, read)));
    expect(next.toSorted()).toEqual(['stale', 'stale', 'written']);
    expect((await store.read('chat-b')).version).toBe(2);
  });
});

describe('a memory that cannot be read', () => {
  it('counts as none, and is replaced', async () => {
    const Item = { ...itemKey('TOPUP#chat-c'), version: { N: '7' }, memory: { S: '{"arrivals":{}}' } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    const unreadable = await stores.real.read('chat-c');
    expect(unreadable).toEqual({ memory: undefined, version: 7 });
    expect(await stores.real.write('chat-c', memory, unreadable)).toBe('written');
    expect(await stores.real.read('chat-c')).toEqual({ memory, version: 8 });
  });
});

describe('a memory of before books were remembered', () => {
  it('is read without one', async () => {
    const { book: _book, use: _use, ...before } = memory;
    await stores.real.write('chat-e', before, nothing);
    const { memory: read } = await stores.real.read('chat-e');
    expect(read).toEqual(before);
    expect(read?.book).toBeUndefined();
  });

  it('or in which nobody sold is read with none', async () => {
    const empty = { ...memory, book: { readAt: testEpoch } };
    await stores.real.write('chat-f', empty, nothing);
    expect((await stores.real.read('chat-f')).memory).toEqual(empty);
  });
});

describe('the days of a memory', () => {
  const withDays = (days: Readonly<Record<string, readonly number[]>>): TopUpMemory => ({
    ...memory,
    policy: { version: 1, days },
  });

  it('are written only when they have changed, and kept for ten days', async () => {
    const sent: string[][] = [];
    const client = {
      send: (command: { readonly input: { readonly TransactItems?: { Put?: { Item?: Item } }[] } }) => {
        const { TransactItems: items } = command.input;
        if (items !== undefined) sent.push(items.map(({ Put }) => Put?.Item?.['sk']?.S ?? ''));
        return table.client.send(command as never);
      },
    };
    const store = createTopUpMemoryStore({
      ...table,
      client: client as never,
      clock: createVirtualClock(),
      random: Math.random,
    });
    await store.write('chat-d', withDays({ '2026-11-22': [1], '2026-11-23': [2] }), nothing);
    const read = await store.read('chat-d');
    await store.write('chat-d', withDays({ '2026-11-22': [1], '2026-11-23': [2, 3] }), read);
    expect(sent).toEqual([
      ['v0', 'day#2026-11-22', 'day#2026-11-23'],
      ['v0', 'day#2026-11-23'],
    ]);
    expect((await store.read('chat-d')).memory?.policy?.days).toEqual({
      '2026-11-22': [1],
      '2026-11-23': [2, 3],
    });
    const { Item: day } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: itemKey('TOPUP#chat-d', 'day#2026-11-23') }),
    );
    expect(Number(day?.['expiresAt']?.N)).toBe(Date.parse('2026-12-03') / 1000);
  });
});
