import { beforeEach, describe, expect, it } from 'vitest';
import { reservationFor } from '../../../shared/ledger/reservation.ts';
import { type AuditMark, auditOrders } from '../../../shared/orders/audit-orders.ts';
import { restoredFromBackup } from '../../../shared/orders/control-port.ts';
import { createRecovery, type Recovery } from '../../../shared/orders/recovery.ts';
import { settleOrders } from '../../../shared/orders/settle-orders.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { memoryMark } from '../../support/memory-audit-mark.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { noRecovery } from '../../support/no-recovery.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleLimits, sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let clock: VirtualClock;
let log: RecordedLog;
let mark: AuditMark;
let looksSince: number[];
let foreignOrders: 'stop' | 'count';
let recovery: Recovery;

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  log = createRecordedLog();
  mark = memoryMark();
  looksSince = [];
  foreignOrders = 'stop';
  recovery = noRecovery;
  const { scanOrders } = exchange;
  exchange.scanOrders = async (since) => {
    looksSince.push(since);
    return scanOrders(since);
  };
});

/** The sample order's id is all "a", and so is its stage's mark. */
const settle = () => {
  const { breaker } = store;
  return settleOrders(
    { store, exchange, mark, breaker, foreignOrders, recovery, maximumRestMs: () => 900_000, clock, log },
    'aaaa',
  );
};
const audit = async () => (await settle()).audit;
const otherStage = sampleSight({ exchangeOrderId: 'x1', clientOrderId: `g1a-${'b'.repeat(26)}` });
const byHand = sampleSight({ exchangeOrderId: 'x2', clientOrderId: 'by-hand', filledQuantity: 1n });
const nameless = sampleSight({ exchangeOrderId: 'x3', clientOrderId: undefined });

describe('an audit of the orders at the exchange', () => {
  it('finds nothing where records and orders agree, or are of another stage', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight(), otherStage];
    expect(await audit()).toEqual({
      complete: true,
      orphans: 0,
      adopted: 0,
      duplicates: 0,
      late: 0,
      foreign: 0,
    });
    expect(store.control.breaker).toBeUndefined();
  });

  it.each([
    ['under another name', byHand],
    ['without a name', nameless],
  ])('stops buying when somebody else orders %s on the account', async (_what, order) => {
    exchange.orders = [order];
    expect(await audit()).toMatchObject({ foreign: 1 });
    expect(store.control.breaker?.reason).toBe('order-foreign');
  });

  it('stops for no order that was there before the stage, and for none where others may buy', async () => {
    exchange.orders = [{ ...byHand, submittedAt: testEpoch - 1 }];
    expect(await audit()).toMatchObject({ foreign: 0 });
    foreignOrders = 'count';
    exchange.orders = [byHand];
    expect(await audit()).toMatchObject({ foreign: 1 });
    expect(store.control.breaker).toBeUndefined();
  });

  it('counts what others have on order, and what they have already got not', async () => {
    exchange.orders = [
      otherStage,
      byHand,
      nameless,
      { ...byHand, exchangeOrderId: 'x4', status: 'filled', filledQuantity: 5n },
      { ...byHand, exchangeOrderId: 'x5', side: 'sell' },
    ];
    const { onOrderByOthers } = await settle();
    expect([...onOrderByOthers]).toEqual([[sampleLimits.marketId, 14n]]);
  });

  it("takes no order without a name for somebody else's while it may be ours", async () => {
    store.seed(sampleOrder({ state: 'UNKNOWN', exchangeOrderId: undefined }));
    exchange.orders = [nameless];
    expect(await audit()).toMatchObject({ foreign: 0 });
  });

  it('stops buying once for a finding that stays in view', async () => {
    exchange.orders = [byHand];
    await audit();
    store.control.breaker = undefined;
    expect(await audit()).toMatchObject({ foreign: 1 });
    expect(store.control.breaker).toBeUndefined();
    exchange.orders = [byHand, { ...byHand, exchangeOrderId: 'x9' }];
    await audit();
    expect(store.control.breaker).toMatchObject({ reason: 'order-foreign' });
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

  it('judges an order that is listed twice by what the first one has come to', async () => {
    store.seed(sampleOrder({ state: 'ABANDONED', exchangeOrderId: undefined, settledAt: testEpoch }));
    exchange.orders = [sampleSight(), sampleSight({ exchangeOrderId: 'order_2' })];
    expect(await audit()).toMatchObject({ late: 1, duplicates: 1 });
    expect([...store.orders.values()]).toMatchObject([{ exchangeOrderId: 'order_1' }]);
  });

  it('reads what is as it is recorded all at once, and again only what is not', async () => {
    const { get, getAll } = store;
    const reads: (readonly string[])[] = [];
    Object.assign(store, {
      get: async (orderId: string) => {
        reads.push([orderId]);
        return get(orderId);
      },
      getAll: async (orderIds: readonly string[]) => {
        reads.push(orderIds);
        return getAll(orderIds);
      },
    });
    const ids = Array.from('bcdef', (letter) => `g1a-aaaa${letter.repeat(22)}`);
    for (const orderId of ids) store.seed(sampleOrder({ orderId, exchangeOrderId: `x-${orderId}` }));
    const sights = ids.map((clientOrderId) =>
      sampleSight({ clientOrderId, exchangeOrderId: `x-${clientOrderId}` }),
    );
    const { orderId: orphan } = sampleOrder();
    exchange.orders = [...sights, sampleSight(), otherStage];
    expect(await audit()).toMatchObject({ orphans: 1, duplicates: 0, late: 0 });
    expect(reads).toEqual([[...ids, orphan], [orphan]]);
  });

  it('does not move its mark when the records cannot be read', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await audit();
    clock.advance(60_000);
    store.failNext('getAll', 'before');
    expect(await audit()).toBeUndefined();
    expect(await mark.read()).toEqual({ beganAt: testEpoch, upTo: testEpoch });
  });

  it('looks back far enough, and leaves no gap while the list is incomplete', async () => {
    await audit();
    expect(looksSince).toEqual([testEpoch - 2_400_000]);
    expect(await mark.read()).toEqual({ beganAt: testEpoch, upTo: testEpoch });
    exchange.scanComplete = false;
    clock.advance(7_200_000);
    expect(await audit()).toMatchObject({ complete: false });
    expect(await mark.read()).toEqual({ beganAt: testEpoch, upTo: testEpoch });
    expect(looksSince[1]).toBe(testEpoch - 2_400_000);
    exchange.scanComplete = true;
    await audit();
    expect(await mark.read()).toEqual({ beganAt: testEpoch, upTo: testEpoch + 7_200_000 });
  });

  it.each([
    ['that is refused and may still turn out otherwise', { state: 'REJECTED', confirmed: false }],
    ['whose end is confirmed', { state: 'CANCELLED', confirmed: true, exchangeOrderId: 'order_1' }],
    ['that is abandoned, and was located before', { state: 'ABANDONED', exchangeOrderId: 'order_1' }],
  ] as const)('leaves an order alone %s', async (_what, changes) => {
    const record = sampleOrder({ exchangeOrderId: undefined, settledAt: testEpoch, ...changes });
    store.seed(record);
    // It is settled by its id alone, so that only the audit sees this.
    const listing = { orders: [sampleSight({ status: 'cancelled' })], complete: true, listedAt: testEpoch };
    const ports = { store, mark, breaker: store.breaker, foreignOrders, recovery, clock, log } as const;
    const progress = { beganAt: testEpoch, upTo: testEpoch };
    expect(await auditOrders(ports, 'aaaa', progress, { ...listing, foreign: [] })).toMatchObject({
      late: 0,
    });
    expect(store.orders.get(record.orderId)).toEqual(record);
    expect(store.control.breaker).toBeUndefined();
  });

  it('names what it has found in the log and at the breaker', async () => {
    const opened: string[] = [];
    const { open, openOnce } = store.breaker;
    Object.assign(store.breaker, {
      open: async (reason: string, reference: string) => {
        opened.push(`${reason} ${reference}`);
        return open(reason, reference);
      },
      openOnce: async (reason: string, reference: string) => {
        opened.push(`${reason} ${reference}`);
        return openOnce(reason, reference);
      },
    });
    const { orderId } = sampleOrder();
    store.seed(sampleOrder());
    exchange.orders = [sampleSight(), sampleSight({ exchangeOrderId: 'order_2' })];
    await audit();
    store.seed(sampleOrder({ state: 'ABANDONED', exchangeOrderId: undefined }));
    exchange.orders = [sampleSight()];
    await audit();
    expect(opened).toEqual([`order-duplicate ${orderId} order_2`, `order-seen-late ${orderId}`]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        event: 'order-duplicate',
        fields: { reference: `${orderId} order_2`, exchangeOrderId: 'order_2' },
      },
      { level: 'error', event: 'order-seen-late', fields: { orderId, exchangeOrderId: 'order_1' } },
    ]);
  });

  it('does not move its mark past a finding that it could not report', async () => {
    exchange.orders = [sampleSight()];
    Object.assign(store.breaker, {
      openOnce: async () => {
        throw new StoreUnavailableError('injected');
      },
    });
    expect(await audit()).toBeUndefined();
    clock.advance(7_200_000);
    expect(await audit()).toBeUndefined();
    expect(await mark.read()).toEqual({ beganAt: testEpoch, upTo: testEpoch });
    expect(looksSince[1]).toBe(testEpoch - 2_400_000);
  });
});

describe('an audit after the records were restored from a backup', () => {
  const { orderId, instrument } = sampleOrder();

  beforeEach(() => {
    store.control.breaker = { reason: restoredFromBackup, at: testEpoch };
    recovery = createRecovery({
      readControl: async () => store.control,
      markets: [sampleLimits],
      nonce: () => 'adopted',
    });
  });

  it('takes up an order of ours without a record, and the next check knows all about it', async () => {
    exchange.orders = [sampleSight({ filledQuantity: 2n, averagePrice: usd('2.40') })];
    expect(await audit()).toMatchObject({ adopted: 1, orphans: 0 });
    const { reserved } = sampleOrder();
    expect(store.orders.get(orderId)).toMatchObject({ state: 'SUBMITTED', instrument, reserved });
    expect(await audit()).toMatchObject({ adopted: 0, orphans: 0, late: 0 });
    expect(store.orders.get(orderId)).toMatchObject({
      state: 'PARTIALLY_FILLED',
      exchangeOrderId: 'order_1',
      filledQuantity: 2n,
      source: 'api',
    });
    expect(await store.fillTotals(instrument)).toMatchObject({ quantity: 2n });
  });

  it('takes up once what is listed twice', async () => {
    exchange.orders = [sampleSight(), sampleSight({ exchangeOrderId: 'order_2' })];
    expect(await audit()).toMatchObject({ adopted: 1, orphans: 0 });
    expect(await audit()).toMatchObject({ adopted: 0, duplicates: 1 });
  });

  it('charges it to its own day and month, also beyond the caps', async () => {
    store.control.limits = { ...store.control.limits, perDay: usd('1'), perMonth: usd('1') };
    exchange.orders = [sampleSight()];
    clock.advance(86_400_000);
    await audit();
    const { reserved } = sampleOrder();
    expect(store.budgets.get('2026-11-23')).toMatchObject({ reserved, available: usd('1') - reserved });
    expect(store.budgets.get('2026-11')).toMatchObject({ reserved });
    expect(store.budgets.get('2026-11-24')).toBeUndefined();
  });

  it.each([
    ['what was paid for it', usd('2.40'), usd('2.40')],
    ['the most that is paid for a Unit, where no price is shown', undefined, sampleLimits.maximumPrice],
  ])('charges an order without a limit by %s', async (_what, averagePrice, limitPrice) => {
    exchange.orders = [sampleSight({ limitPrice: undefined, averagePrice })];
    expect(await audit()).toMatchObject({ adopted: 1, orphans: 0 });
    const { quantity, feeBasisPoints } = sampleOrder();
    const reserved = reservationFor(quantity, limitPrice, feeBasisPoints);
    expect(store.orders.get(orderId)).toMatchObject({ sentType: 'market', limitPrice, reserved });
    expect(store.budgets.get('2026-11-23')).toMatchObject({ reserved });
  });

  it('lets buying go on once the breaker is closed', async () => {
    exchange.orders = [sampleSight(), sampleSight({ exchangeOrderId: 'x3', clientOrderId: undefined })];
    await audit();
    store.control.breaker = undefined;
    await audit();
    expect(store.control.breaker).toBeUndefined();
  });

  it.each([
    ['of a market where this stage buys nothing', sampleSight({ marketId: 'another' })],
    ['that sells', sampleSight({ side: 'sell' })],
    ['without its quantity', sampleSight({ quantity: undefined })],
  ])('takes up none %s, and stops when the breaker is closed', async (_what, seen) => {
    exchange.orders = [seen];
    expect(await audit()).toMatchObject({ adopted: 0, orphans: 1 });
    store.control.breaker = undefined;
    await audit();
    expect(store.control.breaker).toMatchObject({ reason: 'order-orphan' });
  });

  it('takes up none when the breaker is open for something else', async () => {
    store.control.breaker = { reason: 'stopped-by-caller', at: testEpoch };
    exchange.orders = [sampleSight()];
    expect(await audit()).toMatchObject({ adopted: 0, orphans: 1 });
    expect(store.orders.size).toBe(0);
  });

  it("stops for somebody else's order with a name when the breaker is closed", async () => {
    exchange.orders = [byHand];
    await audit();
    store.control.breaker = undefined;
    await audit();
    expect(store.control.breaker).toMatchObject({ reason: 'order-foreign' });
  });
});
