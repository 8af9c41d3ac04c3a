import { beforeEach, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../shared/orders/cancel-order.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleOrder, sampleSight } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const { orderId } = sampleOrder();
let store: MemoryOrderStore;
let exchange: ScriptedExchange;

beforeEach(() => {
  store = createMemoryOrderStore();
  exchange = createScriptedExchange(createVirtualClock());
});

const cancel = () =>
  cancelOrder({ store, exchange, clock: createVirtualClock(), log: createRecordedLog() }, orderId);

describe('cancelling an order', () => {
  it('asks the exchange and records what is seen afterwards', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ status: 'cancelled' })];
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { state: 'CANCELLED', confirmed: false } });
    expect(exchange.cancelled).toEqual(['order_1']);
  });

  it('records a fill that was faster', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    exchange.cancelOutcome = { kind: 'refused', status: 422, code: 'ORDER_NOT_CANCELLABLE' };
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { state: 'FILLED' } });
  });

  it('does not believe the answer alone', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ status: 'live' })];
    const result = await cancel();
    expect(result).toMatchObject({ kind: 'asked', order: { state: 'OPEN' } });
    expect(store.orders.get(orderId)?.cancelRequestedAt).toBeDefined();
  });

  it('keeps the record when the order cannot be looked at', async () => {
    store.seed(sampleOrder());
    exchange.getOrder = async () => {
      throw new Error('unavailable');
    };
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { state: 'OPEN' } });
  });

  it('asks nothing for an order that is over, unknown or not located', async () => {
    expect(await cancel()).toEqual({ kind: 'not-found' });
    store.seed(sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined }));
    expect(await cancel()).toMatchObject({ kind: 'not-located' });
    store.seed(sampleOrder({ state: 'FILLED', confirmed: true }));
    expect(await cancel()).toMatchObject({ kind: 'already-final' });
    expect(exchange.cancelled).toEqual([]);
  });
});
