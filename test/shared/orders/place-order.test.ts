import { beforeEach, describe, expect, it } from 'vitest';
import type { PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import { moveOrder } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { type BuyIntent, placeOrder } from '../../../shared/orders/place-order.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleLimits, sampleOrder, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const intentPrice = usd('2.50');
const intent: Omit<BuyIntent, 'control'> = {
  orderId: `g1a-${'b'.repeat(26)}`,
  payloadFingerprint: 'payload',
  source: 'api',
  principal: 'arn:aws:iam::123456789012:role/app',
  limits: sampleLimits,
  quantity: 2n,
  limitPrice: intentPrice,
  timeInForce: 'gtc',
};

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let nonces: number;
let clientOrderIdsAreShown: boolean;
let clock: VirtualClock;
let deadline: number;
let log: RecordedLog;

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  deadline = clock.now() + 22_000;
  log = createRecordedLog();
  nonces = 0;
  clientOrderIdsAreShown = true;
});

function place(changes: Partial<BuyIntent> = {}) {
  const ports = {
    store,
    exchange,
    clock,
    deadline,
    clientOrderIdsAreShown,
    nonce: () => `nonce-${++nonces}`,
    log,
  };
  return placeOrder(ports, { ...intent, control: { ...store.control }, ...changes });
}

function stored() {
  return store.orders.get(intent.orderId);
}

describe('placing an order', () => {
  it('records it, claims it, sends it once and records the answer', async () => {
    const result = await place();
    expect(result).toMatchObject({ kind: 'placed', order: { state: 'OPEN', exchangeOrderId: 'order_1' } });
    expect(exchange.sent).toMatchObject([
      { clientOrderId: intent.orderId, quantity: 2n, limitPrice: usd('2.50'), timeInForce: 'gtc' },
    ]);
    expect(stored()).toMatchObject({
      state: 'OPEN',
      version: 3,
      reserved: usd('5.05'),
      budgetDay: '2026-11-23',
      requestedType: 'limit',
      sentType: 'limit',
      matchedBy: 'answer',
    });
    const history = await store.history(intent.orderId);
    expect(history.map((event) => event.to)).toEqual(['PENDING', 'SUBMITTED', 'OPEN']);
  });

  const outcomes: [string, PlacementOutcome, object][] = [
    [
      'a refusal',
      { kind: 'refused', status: 402, code: 'INSUFFICIENT_BALANCE' },
      { state: 'REJECTED', reason: 'INSUFFICIENT_BALANCE', confirmed: false, reserved: usd('5.05') },
    ],
    [
      'no connection',
      { kind: 'not-sent', code: 'ECONNREFUSED' },
      { state: 'REJECTED', reason: 'ECONNREFUSED', confirmed: false },
    ],
    [
      'no clear answer',
      { kind: 'unknown', status: 502, code: 'http-502' },
      { state: 'UNKNOWN', reason: 'http-502', responseStatus: 502 },
    ],
  ];
  it.each(outcomes)(
    'records %s, keeps the money reserved and does not send again',
    async (_name, outcome, record) => {
      exchange.outcome = outcome;
      expect(await place()).toMatchObject({ kind: 'placed', order: record });
      expect(stored()).toMatchObject(record);
      expect(await place()).toMatchObject({ kind: 'replayed', order: record });
      expect(exchange.sent).toHaveLength(1);
    },
  );

  it('answers a repetition from the record, without a second POST', async () => {
    await place();
    expect(await place()).toMatchObject({ kind: 'replayed', order: { state: 'OPEN' } });
    expect(exchange.sent).toHaveLength(1);
  });

  it('answers parallel repetitions with one order', async () => {
    const results = await Promise.all([place(), place(), place()]);
    expect(exchange.sent).toHaveLength(1);
    expect(results.map((result) => result.kind).toSorted()).toEqual(['placed', 'replayed', 'replayed']);
  });

  it('refuses another order under the same id and leaves the first as it is', async () => {
    await place();
    const before = stored();
    expect(await place({ payloadFingerprint: 'other' })).toMatchObject({ kind: 'payload-differs' });
    expect(stored()).toBe(before);
    expect(exchange.sent).toHaveLength(1);
  });

  it('records and sends nothing without a usable key', async () => {
    exchange.prepareError = new Error('no key');
    await expect(place()).rejects.toThrow('no key');
    expect(store.orders.size).toBe(0);
    expect(exchange.sent).toEqual([]);
  });

  it('still answers a repetition without a usable key', async () => {
    await place();
    exchange.prepareError = new Error('no key');
    expect(await place()).toMatchObject({ kind: 'replayed' });
  });

  it('sends nothing when the order could not be recorded', async () => {
    store.failNext('create', 'before');
    await expect(place()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(exchange.sent).toEqual([]);
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'OPEN' } });
  });

  it('goes on when it was recorded and only the answer was lost', async () => {
    store.failNext('create', 'after');
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'OPEN' } });
    expect(exchange.sent).toHaveLength(1);
  });

  it("sends nothing when the answer was lost and the record is somebody else's", async () => {
    await place();
    store.failNext('create', 'after');
    expect(await place()).toMatchObject({ kind: 'replayed' });
    expect(exchange.sent).toHaveLength(1);
  });

  it('is not begun with too little time left', async () => {
    deadline = clock.now() + 9_999;
    expect(await place()).toEqual({ kind: 'no-time' });
    expect(store.orders.size).toBe(0);
    deadline = clock.now() + 10_000;
    expect(await place()).toMatchObject({ kind: 'placed' });
  });

  it('does not send with a signature that has grown old while the process was frozen', async () => {
    const { update } = store;
    Object.assign(store, {
      update: async (...args: Parameters<typeof update>) => {
        clock.advance(25_001);
        return update(...args);
      },
    });
    const order = { state: 'REJECTED', reason: 'signature-too-old' };
    expect(await place()).toMatchObject({ kind: 'placed', order });
    expect(exchange.sent).toEqual([]);
  });

  it('gives the exchange two minutes before not finding the order means anything', async () => {
    await place();
    expect(stored()?.notAfter).toBe(clock.now() + 120_000);
  });

  it('records the answer on top of what a balance check has recorded meanwhile', async () => {
    exchange.sendOrder = async () => {
      const claimed = stored() as Order;
      await store.update(claimed, moveOrder(claimed, { misses: 1, missedAt: clock.now() }, clock.now()));
      return { kind: 'accepted', exchangeOrderId: 'order_1' };
    };
    const order = { state: 'OPEN', exchangeOrderId: 'order_1', version: 4 };
    expect(await place()).toMatchObject({ kind: 'placed', order });
    expect(stored()).toMatchObject(order);
  });

  it('answers with what a balance check has found out meanwhile', async () => {
    exchange.sendOrder = async () => {
      const claimed = stored() as Order;
      const seen = { state: 'FILLED', exchangeOrderId: 'order_1', filledQuantity: 2n } as const;
      await store.update(claimed, moveOrder(claimed, seen, clock.now()));
      return { kind: 'refused', status: 400, code: 'INVALID_ORDER' };
    };
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'FILLED' } });
  });

  it('says so when the id that the exchange gave belongs to another order', async () => {
    store.seed(sampleOrder({ exchangeOrderId: 'order_1' }));
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'SUBMITTED' } });
    expect(log.lines.some(({ level, event }) => level === 'error' && event === 'exchange-id-taken')).toBe(
      true,
    );
  });

  it.each([
    [401, 'error'],
    [403, 'error'],
    [402, 'warn'],
  ] as const)('logs a refusal with %d as %s', async (status, level) => {
    exchange.outcome = { kind: 'refused', status, code: 'CODE' };
    await place();
    expect(log.lines.find(({ event }) => event === 'order-answered')?.level).toBe(level);
  });

  it.each(['before', 'after'] as const)(
    'sends nothing when the claim is in doubt (%s it took effect)',
    async (when) => {
      store.failNext('update', when);
      expect(await place()).toMatchObject({ kind: 'not-claimed' });
      expect(exchange.sent).toEqual([]);
      expect(stored()?.state).toBe(when === 'before' ? 'PENDING' : 'SUBMITTED');
      expect(await place()).toMatchObject({ kind: 'replayed' });
      expect(exchange.sent).toEqual([]);
    },
  );

  it('leaves the order claimed when the answer cannot be recorded', async () => {
    const { create, update } = store;
    let updates = 0;
    Object.assign(store, {
      create,
      update: async (...args: Parameters<typeof update>) => {
        if (++updates === 2) throw new StoreUnavailableError('injected');
        return update(...args);
      },
    });
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'SUBMITTED' } });
    expect(stored()).toMatchObject({ state: 'SUBMITTED', exchangeOrderId: undefined });
    expect(exchange.sent).toHaveLength(1);
  });

  it('lets one scheduled order of an instrument at a time through', async () => {
    const scheduled = { source: 'schedule', purpose: 'urgent' } as const;
    const first = { ...scheduled, orderId: `g1s-${'c'.repeat(26)}` };
    expect(await place(first)).toMatchObject({ kind: 'placed', order: { holdsSlot: true } });
    const next = { ...scheduled, orderId: `g1s-${'d'.repeat(26)}` };
    expect(await place(next)).toEqual({ kind: 'slot-taken' });
    expect(await place({ ...next, purpose: 'patient' })).toMatchObject({ kind: 'placed' });
    expect(await place()).toMatchObject({ kind: 'placed', order: { holdsSlot: false } });
    expect(exchange.sent).toHaveLength(3);
  });
});

describe('an order whose buying is stopped after it was recorded', () => {
  /** Something happens right after the record was made. */
  const afterRecording = (act: () => void) => {
    const { create } = store;
    Object.assign(store, {
      create: async (...args: Parameters<typeof create>) => {
        const outcome = await create(...args);
        act();
        return outcome;
      },
    });
  };
  const pause = () => {
    store.control.mode = 'PAUSED';
  };

  it('is not sent, and gives its money back at once', async () => {
    afterRecording(pause);
    expect(await place()).toEqual({
      kind: 'placed',
      order: stored(),
      outcome: { kind: 'not-sent', code: 'stopped' },
    });
    expect(stored()).toMatchObject({ state: 'REJECTED', confirmed: true, reserved: 0n, reason: 'stopped' });
    expect(exchange.sent).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'is left to the next check if the store fails %s that',
    async (when) => {
      afterRecording(() => {
        pause();
        const { update } = store;
        let updates = 0;
        Object.assign(store, {
          update: async (...args: Parameters<typeof update>) => {
            if (++updates === 2) store.failNext('update', when);
            return update(...args);
          },
        });
      });
      expect(await place()).toEqual({ kind: 'not-claimed', order: stored() });
      expect(stored()?.state).toBe(when === 'before' ? 'PENDING' : 'REJECTED');
      expect(exchange.sent).toEqual([]);
    },
  );

  it('is answered as far as it is known when it cannot be read either', async () => {
    afterRecording(() => {
      pause();
      store.failNext('get', 'before');
      const { update } = store;
      Object.assign(store, {
        update: async (...args: Parameters<typeof update>) => {
          const isEnd = args[1].state === 'REJECTED';
          return isEnd ? 'stale' : update(...args);
        },
      });
    });
    expect(await place()).toMatchObject({ kind: 'not-claimed', order: { state: 'PENDING', version: 1 } });
  });
});

describe('where the exchange shows client order ids', () => {
  it('bids what was wanted, however many unclear orders are alike', async () => {
    exchange.outcome = { kind: 'unknown', code: 'timeout' };
    await place({ orderId: 'order-1' });
    await place({ orderId: 'order-2' });
    expect(exchange.sent.map(({ limitPrice }) => limitPrice)).toEqual([intentPrice, intentPrice]);
  });

  it('records an acceptance on top of an order that somebody else holds to be unclear', async () => {
    const { sendOrder } = exchange;
    exchange.sendOrder = async (prepared) => {
      const claimed = stored() as Order;
      await store.update(claimed, moveOrder(claimed, { state: 'UNKNOWN' }, clock.now()));
      return sendOrder(prepared);
    };
    expect(await place()).toMatchObject({ kind: 'placed', order: { state: 'OPEN', matchedBy: 'answer' } });
  });
});

describe('errors that are not the store being unavailable', () => {
  const broken = async () => {
    throw new TypeError('broken');
  };

  it.each(['create', 'update'] as const)('are not hidden when they come of %s', async (call) => {
    Object.assign(store, { [call]: broken });
    await expect(place()).rejects.toThrow('broken');
    expect(exchange.sent).toEqual([]);
  });

  it('are not hidden when they come after the answer', async () => {
    const { update } = store;
    let updates = 0;
    Object.assign(store, {
      update: async (...args: Parameters<typeof update>) => (++updates === 2 ? broken() : update(...args)),
    });
    await expect(place()).rejects.toThrow('broken');
    expect(exchange.sent).toHaveLength(1);
  });
});

describe('what is logged of an order', () => {
  const logged = () => log.lines.map(({ level, event }) => `${level} ${event}`);

  it.each([
    [{ kind: 'accepted', exchangeOrderId: 'order_1' }, 'info'],
    [{ kind: 'refused', status: 402, code: 'INSUFFICIENT_BALANCE' }, 'warn'],
    [{ kind: 'refused', status: 401, code: 'AUTH_FAILED' }, 'error'],
    [{ kind: 'refused', status: 403, code: 'AUTO_MODE_TRADING_RESTRICTED' }, 'error'],
    [{ kind: 'unknown', code: 'timeout' }, 'warn'],
  ] as const)('after %j is what came of it, as %s', async (outcome, level) => {
    exchange.outcome = outcome;
    await place();
    expect(logged()).toEqual(['info order-recorded', `${level} order-answered`]);
    const { state, exchangeOrderId, reason, responseStatus: status } = stored() as Order;
    const { orderId, limits } = intent;
    const order = { orderId, instrument: limits.symbol, quantity: '2' };
    expect(log.lines[0]?.fields).toMatchObject({ ...order, state: 'PENDING' });
    expect(log.lines[1]?.fields).toEqual({ ...order, state, exchangeOrderId, reason, status });
  });

  it('is a repetition, a claim that was lost, and an answer that could not be recorded', async () => {
    await place();
    await place();
    expect(logged().slice(2)).toEqual(['info order-replayed']);
    store.failNext('update', 'before');
    await place({ orderId: `g1a-${'c'.repeat(26)}` });
    expect(logged().slice(3)).toEqual(['info order-recorded', 'warn order-claim-lost']);
    const { update } = store;
    Object.assign(store, {
      update: async (...args: Parameters<typeof update>) => {
        if (args[1].state === 'OPEN') throw new StoreUnavailableError('injected');
        return update(...args);
      },
    });
    await place({ orderId: `g1a-${'d'.repeat(26)}` });
    expect(logged().slice(5)).toEqual(['info order-recorded', 'error order-not-recorded-after-answer']);
    expect(log.lines.at(-1)?.fields).toMatchObject({
      state: 'SUBMITTED',
      outcome: 'accepted',
      exchangeOrderId: 'order_1',
    });
  });
});

describe('where the exchange does not show client order ids', () => {
  beforeEach(() => {
    clientOrderIdsAreShown = false;
    exchange.outcome = { kind: 'unknown', code: 'timeout' };
  });

  it('bids a tick less for each unclear order with the same terms, and not below nine ticks', async () => {
    for (let index = 0; index < 12; index += 1) await place({ orderId: `order-${index}` });
    const prices = exchange.sent.map(({ limitPrice }) => limitPrice);
    expect(prices).toEqual(
      Array.from({ length: 10 }, (_, ticks) => intentPrice - BigInt(ticks) * usd('0.01')),
    );
    expect(await place({ orderId: 'order-99' })).toEqual({ kind: 'too-many-alike' });
    expect(await place({ orderId: 'order-3' })).toMatchObject({ kind: 'replayed' });
  });

  it('does not tell orders apart by their time in force, which no listing shows', async () => {
    await place({ orderId: 'order-1', timeInForce: 'ioc' });
    await place({ orderId: 'order-2', timeInForce: 'gtc' });
    expect(exchange.sent.map(({ limitPrice }) => limitPrice)).toEqual([
      intentPrice,
      intentPrice - usd('0.01'),
    ]);
  });

  it('bids what was wanted when the others are clear, or differ', async () => {
    await place({ orderId: 'order-1', quantity: 3n });
    exchange.outcome = { kind: 'accepted', exchangeOrderId: 'order_2' };
    await place({ orderId: 'order-2' });
    await place();
    expect(exchange.sent.map(({ limitPrice }) => limitPrice)).toEqual([
      intentPrice,
      intentPrice,
      intentPrice,
    ]);
  });
});

describe('a market order', () => {
  const market = { limitPrice: undefined };

  it('is sent as a limit order with a collar from the book', async () => {
    exchange.book = { bids: [], asks: [{ price: usd('2.00'), quantity: usd('9') }] };
    expect(await place(market)).toMatchObject({ kind: 'placed', order: { requestedType: 'market' } });
    expect(exchange.sent[0]?.limitPrice).toBe(usd('2.02'));
  });

  it('is sent without a limit where the instrument is configured so, and reserves what the book would take', async () => {
    exchange.book = { bids: [], asks: [{ price: usd('2.00'), quantity: usd('9') }] };
    const native = { ...market, limits: { ...intent.limits, nativeMarketOrders: true } };
    expect(await place(native)).toMatchObject({
      order: { sentType: 'market', limitPrice: usd('2.02'), reserved: usd('4.0804') },
    });
    expect(exchange.sent).toMatchObject([{ sentType: 'market' }]);
    expect(await place({ ...native, orderId: 'other', limitPrice: usd('2') })).toMatchObject({
      order: { sentType: 'limit' },
    });
  });

  it('keeps its limit where orders are told apart by their price, however the instrument is configured', async () => {
    clientOrderIdsAreShown = false;
    exchange.book = { bids: [], asks: [{ price: usd('2.00'), quantity: usd('9') }] };
    const native = { ...market, limits: { ...intent.limits, nativeMarketOrders: true } };
    expect(await place(native)).toMatchObject({ order: { requestedType: 'market', sentType: 'limit' } });
    expect(exchange.sent).toMatchObject([{ sentType: 'limit', limitPrice: usd('2.02') }]);
  });

  it('is not recorded or sent when the book cannot fill it', async () => {
    expect(await place(market)).toEqual({ kind: 'no-liquidity' });
    expect(store.orders.size).toBe(0);
  });

  it('is answered from its record when it is repeated, whatever the book says', async () => {
    exchange.book = { bids: [], asks: [{ price: usd('2.00'), quantity: usd('9') }] };
    await place(market);
    exchange.book = { bids: [], asks: [] };
    expect(await place(market)).toMatchObject({ kind: 'replayed' });
    expect(exchange.sent).toHaveLength(1);
  });
});
