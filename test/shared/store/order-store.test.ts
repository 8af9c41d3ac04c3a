import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { moveOrder } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { InvalidCursorError, type OrderStore } from '../../../shared/orders/store-port.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { createMemoryOrderStore } from '../../support/memory-order-store.ts';
import { startOrderTable } from '../../support/order-table.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

/** Every store that claims to be one, the fake of the other tests included. */
const makers = {
  extenddb: () => realStore('extenddb'),
  dynoxide: () => realStore('dynoxide'),
  memory: async () => ({ store: createMemoryOrderStore() as OrderStore, close: async () => {} }),
};

async function realStore(
  engine: 'extenddb' | 'dynoxide',
): Promise<{ store: OrderStore; close: () => Promise<void> }> {
  const table = await startOrderTable(engine);
  const store = createOrderStore({ ...table, clock: createVirtualClock(), random: Math.random });
  return { store, close: table.close };
}

let count = 0;
/** An order of its own: a valid id, and an instrument that no other test uses. */
function newOrder(changes: Partial<Order> = {}): Order {
  count += 1;
  const letters = String(count)
    .padStart(4, '0')
    .replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
  return sampleOrder({
    orderId: `g1a-${letters.padEnd(26, 'z')}`,
    instrument: `instrument-${count}`,
    state: 'PENDING',
    version: 1,
    exchangeOrderId: undefined,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    createdAt: testEpoch + count,
    ...changes,
  });
}

const submit = (order: Order, changes: Partial<Order> = {}) =>
  moveOrder(
    order,
    { state: 'SUBMITTED', signedAt: testEpoch, sentAt: testEpoch, notAfter: testEpoch, ...changes },
    testEpoch,
  );

describe.each(Object.entries(makers))('the order store (%s)', (name, make) => {
  let store: OrderStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await make());
  });
  afterAll(() => close());

  it('gives back exactly what was written', async () => {
    const order = newOrder({ averagePrice: 1n, reserved: 10n ** 25n, reason: 'because', missedAt: 0 });
    expect(await store.create(order)).toEqual({ kind: 'created' });
    expect(await store.get(order.orderId)).toEqual(order);
    expect(await store.get('g1a-nosuchorder')).toBeUndefined();
  });

  it('creates an order once, and shows the first to whoever comes second', async () => {
    const order = newOrder();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.create({ ...order, nonce: `nonce-${index}` })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    const winner = await store.get(order.orderId);
    for (const outcome of outcomes.filter(({ kind }) => kind !== 'created')) {
      expect(outcome).toEqual({ kind: 'exists', order: winner });
    }
  });

  it('lets exactly one of many claims win', async () => {
    const order = newOrder();
    await store.create(order);
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.update(order, submit(order))));
    expect(claims.filter((claim) => claim === 'written')).toHaveLength(1);
    expect(claims.filter((claim) => claim === 'stale')).toHaveLength(49);
    expect(await store.get(order.orderId)).toMatchObject({ state: 'SUBMITTED', version: 2 });
  });

  it('writes nothing on top of another version, another nonce or another state', async () => {
    const order = newOrder();
    await store.create(order);
    const strangers = [
      { ...order, version: 2 },
      { ...order, nonce: 'other' },
      { ...order, state: 'UNKNOWN' as const },
    ];
    for (const before of strangers) expect(await store.update(before, submit(order))).toBe('stale');
    expect(await store.get(order.orderId)).toEqual(order);
    expect(await store.history(order.orderId)).toHaveLength(1);
  });

  it('gives the slot of an instrument to one scheduled order until it is finished', async () => {
    const first = newOrder({ holdsSlot: true, source: 'schedule' });
    const second = newOrder({ holdsSlot: true, source: 'schedule', instrument: first.instrument });
    const byCaller = newOrder({ instrument: first.instrument });
    await store.create(first);
    expect(await store.create(second)).toEqual({ kind: 'slot-taken' });
    expect(await store.get(second.orderId)).toBeUndefined();
    expect(await store.create(byCaller)).toEqual({ kind: 'created' });

    const ended = moveOrder(first, { state: 'EXPIRED', confirmed: true }, testEpoch);
    expect(await store.update(first, ended)).toBe('written');
    expect(await store.create(second)).toEqual({ kind: 'created' });
    // The first has given its slot up; it cannot give up the second's.
    const third = newOrder({ holdsSlot: true, source: 'schedule', instrument: first.instrument });
    await store.update(ended, moveOrder(ended, { state: 'FILLED', confirmed: true }, testEpoch));
    expect(await store.create(third)).toEqual({ kind: 'slot-taken' });
  });

  it('finds unfinished orders, oldest first, and no finished ones', async () => {
    const [older, newer, finished] = [newOrder(), newOrder(), newOrder()];
    for (const order of [newer, older, finished]) await store.create(order);
    await store.update(finished, moveOrder(finished, { state: 'EXPIRED', confirmed: true }, testEpoch));
    await vi.waitFor(async () => {
      const found = (await store.unfinished(100)).orders.map(({ orderId }) => orderId);
      expect(found).not.toContain(finished.orderId);
      expect(found.indexOf(older.orderId)).toBeGreaterThanOrEqual(0);
      expect(found.indexOf(older.orderId)).toBeLessThan(found.indexOf(newer.orderId));
    });
    expect(await store.unfinished(1)).toMatchObject({ orders: [{}], complete: false });
  });

  it('keeps the history of an order', async () => {
    const order = newOrder();
    await store.create(order);
    const claimed = submit(order);
    await store.update(order, claimed);
    await store.update(claimed, moveOrder(claimed, { state: 'UNKNOWN', reason: 'timeout' }, testEpoch + 9));
    expect(await store.history(order.orderId)).toEqual([
      { version: 1, from: undefined, to: 'PENDING', reason: undefined, at: order.updatedAt },
      { version: 2, from: 'PENDING', to: 'SUBMITTED', reason: undefined, at: testEpoch },
      { version: 3, from: 'SUBMITTED', to: 'UNKNOWN', reason: 'timeout', at: testEpoch + 9 },
    ]);
  });

  it('lets one order at the exchange belong to one record only', async () => {
    const [ours, other] = [newOrder(), newOrder()];
    for (const order of [ours, other]) {
      await store.create(order);
      await store.update(order, submit(order));
    }
    const adopt = (order: Order) =>
      store.update(
        submit(order),
        moveOrder(submit(order), { state: 'OPEN', exchangeOrderId: 'order_x' }, testEpoch),
      );
    expect(await adopt(ours)).toBe('written');
    expect(await adopt(other)).toBe('exchange-id-taken');
    expect(await store.get(other.orderId)).toMatchObject({ state: 'SUBMITTED' });
  });

  it.runIf(name !== 'memory')(
    'lists newest first in pages, with filters, and knows its own cursors only',
    async () => {
      const instrument = 'listed';
      const orders = Array.from({ length: 5 }, () => newOrder({ instrument }));
      for (const order of orders) await store.create(order);
      const ids = orders.map(({ orderId }) => orderId).toReversed();
      await vi.waitFor(async () => {
        const first = await store.list({ instrument, limit: 3 });
        expect(first.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(0, 3));
        const rest = await store.list({ instrument, limit: 3, cursor: first.nextCursor ?? '' });
        expect(rest.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(3));
        expect(rest.nextCursor).toBeUndefined();
      });
      expect((await store.list({ state: 'ABANDONED', limit: 3 })).orders).toEqual([]);
      const all = await store.list({ limit: 2 });
      const next = await store.list({ limit: 2, cursor: all.nextCursor ?? '' });
      expect(new Set([...all.orders, ...next.orders].map(({ orderId }) => orderId)).size).toBe(4);
      await expect(store.list({ limit: 2, cursor: 'bm9uc2Vuc2U' })).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    },
  );
});
