import { beforeEach, describe, expect, it } from 'vitest';
import { resolveOrders } from '../../../shared/orders/resolve-orders.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

const unlocated = sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined });

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let clock: VirtualClock;

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
});

const resolve = () => resolveOrders({ store, exchange, clock, log: createRecordedLog() });
const stored = () => store.orders.get(unlocated.orderId);

describe('settling open orders', () => {
  it('looks orders up by their exchange id', async () => {
    store.seed(sampleOrder());
    exchange.orders = [
      sampleSight({ status: 'filled', filledQuantity: 5n, averagePrice: usd('2.10'), fee: 0n }),
    ];
    expect(await resolve()).toMatchObject([{ state: 'FILLED', spent: usd('10.50') }]);
    expect(await store.unfinished(10)).toEqual([]);
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

  it('holds an incomplete listing, or one that withholds client order ids, against no order', async () => {
    store.seed(unlocated);
    clock.advance(3_600_000);
    exchange.scanComplete = false;
    expect(await resolve()).toEqual([]);
    exchange.scanComplete = true;
    exchange.orders = [sampleSight({ clientOrderId: undefined })];
    expect(await resolve()).toEqual([]);
    expect(stored()).toMatchObject({ state: 'UNKNOWN', misses: 0 });
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
    store.seed(sampleOrder({ orderId: `g1a-${'z'.repeat(26)}`, exchangeOrderId: 'order_2' }));
    const filled = sampleSight({ exchangeOrderId: 'order_2', status: 'filled', filledQuantity: 5n });
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

  it('takes an order that the exchange does not show under its id as no news', async () => {
    store.seed(sampleOrder());
    clock.advance(86_400_000);
    expect(await resolve()).toEqual([]);
    expect(stored()?.state).toBe('OPEN');
  });
});
