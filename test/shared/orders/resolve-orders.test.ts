import { beforeEach, describe, expect, it } from 'vitest';
import { settleOrders } from '../../../shared/orders/settle-orders.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { memoryMark } from '../../support/memory-audit-mark.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { noRecovery } from '../../support/no-recovery.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

const maximumRestMs = 900_000;
const unlocated = sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined });

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let clock: VirtualClock;
let log: RecordedLog;

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  log = createRecordedLog();
});

/** With the listing that a check makes first. */
const resolve = async () => {
  const ports = {
    store,
    exchange,
    breaker: store.breaker,
    mark: memoryMark(testEpoch),
    foreignOrders: 'count',
    recovery: noRecovery,
    maximumRestMs: () => maximumRestMs,
    clock,
    log,
  } as const;
  return (await settleOrders(ports, 'aaaa')).moved;
};
const errors = () => log.lines.filter(({ level }) => level === 'error').map(({ event }) => event);
const stored = () => store.orders.get(unlocated.orderId);

describe('settling open orders', () => {
  it('looks orders up by their exchange id', async () => {
    store.seed(sampleOrder());
    exchange.orders = [
      sampleSight({ status: 'filled', filledQuantity: 5n, averagePrice: usd('2.10'), fee: 0n }),
    ];
    expect(await resolve()).toMatchObject([{ state: 'FILLED', confirmed: true, spent: usd('10.50') }]);
    expect((await store.unfinished(10)).orders).toEqual([]);
  });

  it.each(['SUBMITTED', 'UNKNOWN', 'REJECTED'] as const)(
    'finds a %s order by its client order id',
    async (state) => {
      store.seed(sampleOrder({ state, exchangeOrderId: undefined }));
      exchange.orders = [sampleSight({ exchangeOrderId: 'other', clientOrderId: 'other' }), sampleSight()];
      exchange.scanComplete = false;
      expect(await resolve()).toMatchObject([{ state: 'OPEN', exchangeOrderId: 'order_1' }]);
    },
  );

  it('abandons an order only after three complete listings without it, and keeps its money', async () => {
    store.seed(unlocated);
    clock.advance(299_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toMatchObject([{ state: 'UNKNOWN', misses: 1 }]);
    clock.advance(59_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toMatchObject([{ state: 'UNKNOWN', misses: 2 }]);
    clock.advance(60_000);
    expect(await resolve()).toMatchObject([{ state: 'ABANDONED', reserved: usd('12.625') }]);
  });

  it('holds an incomplete listing against no order', async () => {
    store.seed(unlocated);
    clock.advance(3_600_000);
    exchange.scanComplete = false;
    expect(await resolve()).toEqual([]);
    expect(stored()).toMatchObject({ state: 'UNKNOWN', misses: 0 });
  });

  it('takes the one order without a client order id that has its terms, aloud, once it can be no other', async () => {
    store.seed(unlocated);
    exchange.orders = [sampleSight({ clientOrderId: undefined, filledQuantity: 2n })];
    clock.advance(119_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    exchange.scanComplete = false;
    expect(await resolve()).toEqual([]);
    exchange.scanComplete = true;
    expect(await resolve()).toMatchObject([
      { state: 'PARTIALLY_FILLED', exchangeOrderId: 'order_1', matchedBy: 'terms', filledQuantity: 2n },
    ]);
    expect(errors()).toEqual(['order-matched-by-terms']);
  });

  it('decides nothing, aloud, while two orders without a client order id may be the one', async () => {
    store.seed(unlocated);
    clock.advance(3_600_000);
    const other = { clientOrderId: undefined, exchangeOrderId: 'order_2' };
    exchange.orders = [sampleSight({ clientOrderId: undefined }), sampleSight(other)];
    expect(await resolve()).toEqual([]);
    expect(stored()).toMatchObject({ state: 'UNKNOWN', misses: 0 });
    expect(errors()).toEqual(['order-ambiguous']);
  });

  it('decides nothing, aloud, while the order may also be another of ours', async () => {
    store.seed(unlocated);
    store.seed({ ...unlocated, orderId: `g1a-${'b'.repeat(26)}`, state: 'SUBMITTED' });
    clock.advance(3_600_000);
    exchange.orders = [sampleSight({ clientOrderId: undefined })];
    expect(await resolve()).toEqual([]);
    expect(errors()).toEqual(['order-ambiguous', 'order-ambiguous']);
  });

  it('does not take an order that belongs to another record, and finds its own absent', async () => {
    store.seed(unlocated);
    const owner = { orderId: `g1a-${'b'.repeat(26)}`, exchangeOrderId: 'order_1', state: 'FILLED' } as const;
    store.seed(sampleOrder({ ...owner, confirmed: true, filledQuantity: 5n }));
    clock.advance(3_600_000);
    exchange.orders = [sampleSight({ clientOrderId: undefined, status: 'filled', filledQuantity: 5n })];
    expect(await resolve()).toMatchObject([{ orderId: unlocated.orderId, state: 'UNKNOWN', misses: 1 }]);
  });

  it('stays with the exchange id it knows when a second order carries its client order id', async () => {
    store.seed(sampleOrder());
    exchange.orders = [
      sampleSight({ exchangeOrderId: 'twin', status: 'filled', filledQuantity: 5n }),
      sampleSight({ filledQuantity: 1n }),
    ];
    expect(await resolve()).toMatchObject([{ exchangeOrderId: 'order_1', state: 'PARTIALLY_FILLED' }]);
  });

  it.each([
    ['sells', { side: 'sell' }],
    ['is for another quantity', { quantity: 7n }],
    ['has another price', { limitPrice: usd('2.49') }],
    ['is a year old', { submittedAt: testEpoch - 31_536_000_000 }],
    ['came later', { submittedAt: testEpoch + 1_000_000 }],
    ['is on another market', { marketId: 'other' }],
  ])('is not held up by an order without a client order id that %s', async (_what, changes) => {
    store.seed(unlocated);
    clock.advance(3_600_000);
    exchange.orders = [sampleSight({ clientOrderId: undefined, ...changes })];
    expect(await resolve()).toMatchObject([{ misses: 1 }]);
  });

  it('looks in the listing for an order that is not shown under its id, and says so when it is nowhere', async () => {
    store.seed(sampleOrder({ exchangeOrderId: 'wrong_id' }));
    exchange.orders = [sampleSight({ exchangeOrderId: 'order_1', status: 'filled', filledQuantity: 5n })];
    expect(await resolve()).toMatchObject([{ state: 'FILLED', exchangeOrderId: 'order_1' }]);

    const nowhere = { orderId: `g1a-${'n'.repeat(26)}`, exchangeOrderId: 'nowhere' };
    store.seed(sampleOrder(nowhere));
    clock.advance(300_000);
    await resolve();
    expect(errors()).toContain('order-not-shown');
    expect(store.orders.get(nowhere.orderId)).toMatchObject({ state: 'OPEN', misses: 0 });
  });

  it('says that an order is nowhere only when all was listed, and not before five minutes', async () => {
    store.seed(sampleOrder());
    clock.advance(299_999);
    await resolve();
    clock.advance(1);
    exchange.scanComplete = false;
    await resolve();
    expect(errors()).toEqual([]);
    exchange.scanComplete = true;
    await resolve();
    const { orderId } = sampleOrder();
    expect(log.lines.filter(({ event }) => event === 'order-not-shown')).toEqual([
      { level: 'error', event: 'order-not-shown', fields: { orderId, exchangeOrderId: 'order_1' } },
    ]);
  });

  it('says with each step what moved from where to where, and why', async () => {
    store.seed(sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined }));
    exchange.orders = [sampleSight({ filledQuantity: 2n })];
    await resolve();
    exchange.orders = [sampleSight({ filledQuantity: 2n, status: 'cancelled', closureReason: 'by_user' })];
    await resolve();
    const { orderId, instrument } = sampleOrder();
    const step = { orderId, instrument, filled: '2' };
    expect(log.lines.filter(({ event }) => event === 'order-moved').map(({ fields }) => fields)).toEqual([
      { ...step, from: 'UNKNOWN', to: 'PARTIALLY_FILLED', reason: undefined },
      { ...step, from: 'PARTIALLY_FILLED', to: 'CANCELLED', reason: 'by_user' },
    ]);
  });

  it('says when it gives an order up, asks for its end, or is told of another', async () => {
    const { orderId, instrument } = sampleOrder();
    store.seed(sampleOrder({ ...unlocated, misses: 2 }));
    clock.advance(300_000);
    expect(await resolve()).toMatchObject([{ state: 'ABANDONED', reason: 'not-found' }]);
    store.seed(sampleOrder({ sentAt: testEpoch + 60_000 }));
    clock.advance(660_000);
    exchange.orders = [sampleSight({ filledQuantity: 0n, quantity: 7n })];
    await resolve();
    expect(log.lines.filter(({ event }) => event !== 'order-moved')).toEqual([
      { level: 'error', event: 'order-abandoned', fields: { orderId, instrument } },
      { level: 'error', event: 'order-mismatch', fields: { orderId, problem: 'other-quantity' } },
      {
        level: 'info',
        event: 'order-cancel-asked',
        fields: { orderId, outcome: 'requested', code: undefined },
      },
    ]);
  });

  it('says that another record has the id, and that the record was written by somebody else meanwhile', async () => {
    store.seed(sampleOrder({ orderId: 'holder', exchangeOrderId: 'order_1' }));
    store.seed(unlocated);
    exchange.orders = [sampleSight()];
    expect(await resolve()).toEqual([]);
    expect(log.lines.find(({ event }) => event === 'exchange-id-taken')).toEqual({
      level: 'error',
      event: 'exchange-id-taken',
      fields: { orderId: unlocated.orderId, exchangeOrderId: 'order_1' },
    });
    const { update } = store;
    Object.assign(store, { update: async () => 'stale' });
    exchange.orders = [sampleSight({ clientOrderId: 'holder', filledQuantity: 1n })];
    expect(await resolve()).toEqual([]);
    expect(log.lines.some(({ event }) => event === 'order-moved')).toBe(false);
    Object.assign(store, { update });
  });

  it.each([
    ['more filled', 'CANCELLED', { filledQuantity: 3n, status: 'cancelled' }],
    ['in another state with as much filled', 'REJECTED', { status: 'live', filledQuantity: 0n }],
  ] as const)('takes an order that was over for late when it is seen %s', async (_what, state, seen) => {
    store.seed(sampleOrder({ state, settledAt: testEpoch }));
    exchange.orders = [sampleSight(seen)];
    await resolve();
    expect(errors()).toEqual(['order-seen-late']);
    expect(log.lines.find(({ event }) => event === 'order-seen-late')?.fields).toMatchObject({ from: state });
  });

  it('does not take the agreement with an end for late', async () => {
    store.seed(sampleOrder({ state: 'CANCELLED', settledAt: testEpoch }));
    exchange.orders = [sampleSight({ status: 'cancelled' })];
    clock.advance(60_000);
    expect(await resolve()).toMatchObject([{ confirmed: true }]);
    expect(errors()).toEqual([]);
  });

  it('gets round to every order, however many there are, and to slot holders always', async () => {
    const orders = Array.from({ length: 70 }, (_, index) =>
      sampleOrder({ orderId: `order-${index}`, exchangeOrderId: `x${index}`, createdAt: testEpoch + index }),
    );
    for (const order of orders) store.seed(order);
    store.seed(
      sampleOrder({ orderId: 'holder', exchangeOrderId: 'held', holdsSlot: true, createdAt: testEpoch + 99 }),
    );
    const asked: string[] = [];
    exchange.getOrder = async (id) => {
      asked.push(id);
      return sampleSight({ exchangeOrderId: id, clientOrderId: undefined });
    };
    for (let run = 0; run < 4; run += 1) {
      await resolve();
      clock.advance(60_000);
    }
    expect(asked.filter((id) => id === 'held')).toHaveLength(4);
    expect(asked.length).toBe(4 * 21);
    expect(new Set(asked).size).toBe(71);
  });

  it('settles many orders with one listing', async () => {
    const ids = Array.from({ length: 70 }, (_, index) => `order-${index}`);
    for (const id of ids) store.seed(sampleOrder({ orderId: id, exchangeOrderId: `x-${id}` }));
    exchange.orders = ids.map((id) =>
      sampleSight({ exchangeOrderId: `x-${id}`, clientOrderId: id, status: 'filled', filledQuantity: 5n }),
    );
    expect(await resolve()).toHaveLength(70);
    expect((await store.unfinished(100)).orders.every(({ state }) => state === 'FILLED')).toBe(true);
  });

  it('cancels an order of ours that has rested for too long, and lets what is seen decide', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    clock.advance(899_999);
    await resolve();
    expect(exchange.cancelled).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toEqual([]);
    expect(exchange.cancelled).toEqual(['order_1']);
    expect(stored()?.state).toBe('OPEN');
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    expect(await resolve()).toMatchObject([{ state: 'FILLED' }]);
    expect(exchange.cancelled).toEqual(['order_1']);
  });

  it('opens the breaker on what the rules exclude, and on nothing else', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ filledQuantity: 2n, averagePrice: usd('2.50'), fee: usd('0.05') })];
    await resolve();
    expect(store.control.breaker).toBeUndefined();
    exchange.orders = [
      sampleSight({ status: 'filled', filledQuantity: 5n, averagePrice: usd('2.50'), fee: usd('0.50') }),
    ];
    await resolve();
    expect(store.control.breaker?.reason).toBe('budget-overrun');
    expect(errors()).toEqual(['budget-overrun']);
  });

  it('opens the breaker before it writes what was seen late, and writes nothing if that fails', async () => {
    store.seed(sampleOrder({ state: 'CANCELLED', settledAt: testEpoch }));
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    const { open } = store.breaker;
    Object.assign(store.breaker, {
      open: async () => {
        throw new StoreUnavailableError('injected');
      },
    });
    await resolve();
    expect(stored()?.state).toBe('CANCELLED');
    Object.assign(store.breaker, { open });
    expect(await resolve()).toMatchObject([{ state: 'FILLED' }]);
    expect(store.control.breaker?.reason).toBe('order-seen-late');
  });

  it('reports a fill that comes after the end as late', async () => {
    store.seed(sampleOrder({ state: 'CANCELLED', settledAt: testEpoch }));
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    expect(await resolve()).toMatchObject([{ state: 'FILLED' }]);
    expect(errors()).toEqual(['order-seen-late']);
    expect(store.control.breaker?.reason).toBe('order-seen-late');
  });

  it('takes no order of somebody else for ours, and reports one that differs', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ clientOrderId: 'other', status: 'filled', filledQuantity: 5n })];
    expect(await resolve()).toEqual([]);
    exchange.orders = [sampleSight({ quantity: 50n, filledQuantity: 5n })];
    expect(await resolve()).toMatchObject([{ state: 'FILLED' }]);
    expect(errors()).toEqual(['order-mismatch', 'order-mismatch']);
    expect(store.control.breaker?.reason).toBe('order-mismatch');
  });

  it('does not hold absence against an order whose signature may still be good', async () => {
    store.seed(sampleOrder({ ...unlocated, notAfter: testEpoch + 400_000 }));
    clock.advance(399_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toMatchObject([{ misses: 1 }]);
  });

  it('confirms a refusal and releases its money once a complete listing shows no such order', async () => {
    store.seed(
      sampleOrder({ state: 'REJECTED', exchangeOrderId: undefined, holdsSlot: true, settledAt: testEpoch }),
    );
    clock.advance(119_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toMatchObject([
      { state: 'REJECTED', confirmed: true, reserved: 0n, holdsSlot: false },
    ]);
  });

  it('expires an order that was recorded and never sent', async () => {
    store.seed(sampleOrder({ state: 'PENDING', exchangeOrderId: undefined, version: 1 }));
    clock.advance(59_999);
    expect(await resolve()).toEqual([]);
    clock.advance(1);
    expect(await resolve()).toMatchObject([{ state: 'EXPIRED', confirmed: true, reserved: 0n }]);
  });

  it('changes nothing when the exchange cannot be read, and settles the other orders', async () => {
    store.seed(sampleOrder());
    const second = { orderId: `g1a-${'z'.repeat(26)}`, exchangeOrderId: 'order_2' };
    store.seed(sampleOrder(second));
    const filled = sampleSight({
      clientOrderId: second.orderId,
      exchangeOrderId: 'order_2',
      status: 'filled',
      filledQuantity: 5n,
    });
    exchange.getOrder = async (id) => {
      if (id === 'order_1') throw new Error('unavailable');
      return filled;
    };
    exchange.scanOrders = async () => {
      throw new Error('unavailable');
    };
    expect(await resolve()).toMatchObject([{ exchangeOrderId: 'order_2', state: 'FILLED' }]);
    expect(stored()?.state).toBe('OPEN');
  });

  it('takes an order with a status word that nobody knows for live, changes nothing by it, and says so', async () => {
    store.seed(sampleOrder({ state: 'PARTIALLY_FILLED', filledQuantity: 2n }));
    exchange.orders = [sampleSight({ status: 'unknown', filledQuantity: 2n, averagePrice: undefined })];
    clock.advance(maximumRestMs);
    await resolve();
    expect(stored()).toMatchObject({ state: 'PARTIALLY_FILLED', filledQuantity: 2n, confirmed: false });
    expect(errors()).toEqual(['order-status-unknown']);
    expect(exchange.cancelled).toEqual([]);
    expect(store.control.breaker).toBeUndefined();
  });

  it('takes an order that the exchange does not show under its id as no news', async () => {
    store.seed(sampleOrder());
    clock.advance(86_400_000);
    expect(await resolve()).toEqual([]);
    expect(stored()?.state).toBe('OPEN');
  });
});
