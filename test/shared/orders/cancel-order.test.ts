import { beforeEach, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../shared/orders/cancel-order.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const { orderId } = sampleOrder();
let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let log: RecordedLog;

beforeEach(() => {
  log = createRecordedLog();
  store = createMemoryOrderStore();
  exchange = createScriptedExchange(createVirtualClock());
});

const cancel = () => cancelOrder({ store, exchange, clock: createVirtualClock(), log }, orderId);

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

  it('leaves a cost beyond what was reserved to the next balance check, which opens the breaker first', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n, averagePrice: usd('2.60') })];
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { state: 'OPEN', spent: 0n } });
    expect(store.orders.get(orderId)).toMatchObject({ state: 'OPEN', spent: 0n });
  });

  it('leaves a fill after the end to it as well', async () => {
    store.seed(sampleOrder());
    const { update } = store;
    Object.assign(store, {
      update: async (...args: Parameters<typeof update>) => {
        if (args[1].cancelRequestedAt !== undefined)
          store.seed(sampleOrder({ version: 7, state: 'CANCELLED' }));
        return update(...args);
      },
    });
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { state: 'CANCELLED', version: 7 } });
    expect(store.orders.get(orderId)).toMatchObject({ state: 'CANCELLED', version: 7 });
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
    expect(log.lines.at(-1)).toEqual({
      level: 'warn',
      event: 'order-read-failed',
      fields: { orderId, error: 'Error' },
    });
  });

  it.each([
    [{ kind: 'requested' }, { outcome: 'requested', code: undefined }],
    [
      { kind: 'refused', status: 422, code: 'ORDER_NOT_CANCELLABLE' },
      { outcome: 'refused', code: 'ORDER_NOT_CANCELLABLE' },
    ],
    [
      { kind: 'unknown', code: 'timeout' },
      { outcome: 'unknown', code: 'timeout' },
    ],
  ] as const)('logs what came of asking: %j', async (outcome, fields) => {
    store.seed(sampleOrder());
    exchange.cancelOutcome = outcome;
    await cancel();
    expect(log.lines[0]).toEqual({
      level: 'info',
      event: 'order-cancel-asked',
      fields: { orderId, ...fields },
    });
  });

  it('notes once that somebody asked', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await cancel();
    const asked = store.orders.get(orderId);
    expect(asked).toMatchObject({ version: 4 });
    await cancel();
    expect(store.orders.get(orderId)).toEqual(asked);
    expect(exchange.cancelled).toHaveLength(2);
  });

  it('goes on from what somebody else has written meanwhile, before and after asking', async () => {
    store.seed(sampleOrder());
    const { update } = store;
    exchange.orders = [sampleSight({ status: 'cancelled' })];
    let updates = 0;
    Object.assign(store, {
      update: async (...args: Parameters<typeof update>) => {
        updates += 1;
        if (updates === 1) store.seed(sampleOrder({ version: 7, reason: 'first' }));
        if (updates === 2) store.seed(sampleOrder({ version: 9, reason: 'second' }));
        return update(...args);
      },
    });
    expect(await cancel()).toMatchObject({ kind: 'asked', order: { version: 9, reason: 'second' } });
    expect(exchange.cancelled).toEqual(['order_1']);
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
