import { beforeEach, describe, expect, it } from 'vitest';
import { auditOrders } from '../../../shared/orders/audit-orders.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleOrder, sampleSight } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let clock: VirtualClock;
let log: RecordedLog;
let upTo: number | undefined;
let looksSince: number[];

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  log = createRecordedLog();
  upTo = undefined;
  looksSince = [];
  const { scanOrders } = exchange;
  exchange.scanOrders = async (since) => {
    looksSince.push(since);
    return scanOrders(since);
  };
});

const mark = {
  read: async () => upTo,
  write: async (time: number) => {
    upTo = time;
  },
};
/** The sample order's id is all "a", and so is its stage's mark. */
const audit = () => auditOrders({ store, exchange, mark, breaker: store.breaker, clock, log }, 'aaaa');

describe('an audit of the orders at the exchange', () => {
  it('finds nothing where records and orders agree, or are not ours', async () => {
    store.seed(sampleOrder());
    exchange.orders = [
      sampleSight(),
      sampleSight({ exchangeOrderId: 'x1', clientOrderId: `g1a-${'b'.repeat(26)}` }),
      sampleSight({ exchangeOrderId: 'x2', clientOrderId: 'by-hand' }),
      sampleSight({ exchangeOrderId: 'x3', clientOrderId: undefined }),
    ];
    expect(await audit()).toEqual({ complete: true, orphans: 0, duplicates: 0, late: 0 });
    expect(store.control.breaker).toBeUndefined();
  });

  it('stops buying when an order of ours has no record', async () => {
    exchange.orders = [sampleSight()];
    expect(await audit()).toMatchObject({ orphans: 1 });
    expect(store.control.breaker?.reason).toBe('order-orphan');
  });

  it('stops buying when one order of ours is there twice', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight(), sampleSight({ exchangeOrderId: 'order_2' })];
    expect(await audit()).toMatchObject({ duplicates: 1 });
    expect(store.control.breaker?.reason).toBe('order-duplicate');
  });

  it.each([
    { state: 'ABANDONED', confirmed: false },
    { state: 'REJECTED', confirmed: true, reserved: 0n },
  ] as const)('takes up an order that had been given up: $state', async (changes) => {
    store.seed(sampleOrder({ ...changes, exchangeOrderId: undefined, settledAt: testEpoch }));
    exchange.orders = [sampleSight({ filledQuantity: 2n })];
    expect(await audit()).toMatchObject({ late: 1 });
    expect(store.control.breaker?.reason).toBe('order-seen-late');
    const [order] = [...store.orders.values()];
    expect(order).toMatchObject({
      state: 'PARTIALLY_FILLED',
      exchangeOrderId: 'order_1',
      filledQuantity: 2n,
    });
    expect((await store.unfinished(9)).orders).toHaveLength(1);
  });

  it('looks back far enough, and leaves no gap while the list is incomplete', async () => {
    await audit();
    expect(looksSince).toEqual([testEpoch - 2_400_000]);
    expect(upTo).toBe(testEpoch);
    exchange.scanComplete = false;
    clock.advance(7_200_000);
    expect(await audit()).toMatchObject({ complete: false });
    expect(upTo).toBe(testEpoch);
    expect(looksSince[1]).toBe(testEpoch - 2_400_000);
  });

  it('does not move its mark past a finding that it could not report', async () => {
    exchange.orders = [sampleSight()];
    Object.assign(store.breaker, {
      open: async () => {
        throw new StoreUnavailableError('injected');
      },
    });
    await expect(audit()).rejects.toBeInstanceOf(StoreUnavailableError);
    clock.advance(7_200_000);
    await expect(audit()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(upTo).toBe(testEpoch);
    expect(looksSince[1]).toBe(testEpoch - 2_400_000);
  });
});
