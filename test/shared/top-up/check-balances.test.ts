import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditMark } from '../../../shared/orders/audit-orders.ts';
import type { Order } from '../../../shared/orders/order.ts';
import {
  type CheckBalancesPorts,
  checkBalances,
  type TermsInForce,
} from '../../../shared/top-up/check-balances.ts';
import type { Decision } from '../../../shared/top-up/decisions/decision.ts';
import type { TopUpMemoryStore } from '../../../shared/top-up/memory-port.ts';
import { adaptivePolicy } from '../../../shared/top-up/policy/policies.ts';
import type { ToppedUpInstrument } from '../../../shared/top-up/review-instrument.ts';
import { memoryMark } from '../../support/memory-audit-mark.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createMemoryTopUpMemories } from '../../support/memory-top-up-memories.ts';
import { createMemoryTransferStore, type MemoryTransferStore } from '../../support/memory-transfer-store.ts';
import { noRecovery } from '../../support/no-recovery.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleLimits, sampleOrder, sampleSight, usd } from '../../support/sample-order.ts';
import { sampleTransfer } from '../../support/sample-transfer.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createScriptedTransfers, type ScriptedTransfers } from '../../support/scripted-transfers.ts';
import { scheduledTick, thresholdInstrument } from '../../support/threshold-instrument.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const instrument = thresholdInstrument;
const instrumentId = 'instrument_1';

let store: MemoryOrderStore;
let exchange: ScriptedExchange;
let transferStore: MemoryTransferStore;
let transferExchange: ScriptedTransfers;
let clock: VirtualClock;
let usable: bigint;
let inTrading: bigint;
let total: bigint | undefined;
let transferredIn: bigint | undefined;
let memories: TopUpMemoryStore;
let mark: AuditMark;
let decisions: Decision[];
let calls: string[];
let failing: Set<string>;
let inForce: TermsInForce['inForce'];
let reads: number;

beforeEach(() => {
  store = createMemoryOrderStore();
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  transferStore = createMemoryTransferStore(store.control);
  transferExchange = createScriptedTransfers(clock);
  exchange.outcome = { kind: 'accepted', exchangeOrderId: 'order_bought' };
  usable = 0n;
  inTrading = 0n;
  total = undefined;
  transferredIn = undefined;
  memories = createMemoryTopUpMemories();
  mark = memoryMark(clock.now());
  decisions = [];
  calls = [];
  failing = new Set();
  inForce = (deployed) => deployed;
  reads = 0;
});

function check(scheduledAt = clock.now(), instruments: readonly ToppedUpInstrument[] = [instrument]) {
  const may = (part: string): void => {
    if (failing.has(part)) throw new Error(`${part} cannot be read`);
  };
  const common = { clock, deadline: clock.now() + 60_000, nonce: () => 'nonce', log: createRecordedLog() };
  const ports: CheckBalancesPorts = {
    ...common,
    store,
    breaker: store.breaker,
    mark,
    memories,
    foreignOrders: 'count',
    recovery: noRecovery,
    clientOrderIdsAreShown: true,
    decisions: {
      record: async (decision) => {
        may('log');
        decisions.push(decision);
      },
    },
    reservations: { openOf: async () => [], update: async () => 'written' },
    readTerms: async () => {
      may('settings');
      reads += 1;
      return { control: { ...store.control }, inForce };
    },
    readBudget: async (period) => store.budgets.get(period),
    maximumRestMs: () => 900_000,
    exchange,
    transfers: { ...common, store: transferStore, exchange: transferExchange, balanceLagMs: 45_000 },
    instrumentIdOf: async ({ symbol }) => {
      may(symbol);
      return instrumentId;
    },
    isMarketActive: async () => !failing.has('market'),
    consumption: async () => {
      may('balances');
      calls.push('balances');
      return [{ instrumentId, usable, total, transferredIn }];
    },
    trading: async () => {
      may('trading');
      return [{ instrumentId, units: inTrading }];
    },
  };
  return checkBalances(ports, scheduledTick(scheduledAt), instruments);
}

describe('a balance check', () => {
  it('says what the market asks, and for how long the Units last once their use was seen', async () => {
    usable = usd('40');
    exchange.book = { asks: [{ price: usd('2.45'), quantity: usd('9') }], bids: [] };
    expect(await check()).toMatchObject({ instruments: [{ coverMinutes: undefined }] });
    clock.advance(10 * 60_000);
    usable = usd('20');
    const [one] = (await check()).instruments;
    expect(one).toMatchObject({ coverMinutes: 10 });
    expect(one?.bestAsk).toBe(usd('2.45'));
  });

  it('buys the configured quantity at the configured price when too little is left', async () => {
    usable = usd('4.99');
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought', usable, reason: 'OPEN' }] });
    expect(exchange.sent).toMatchObject([{ quantity: 10n, limitPrice: usd('2.40'), timeInForce: 'gtc' }]);
  });

  it('buys nothing at the minimum', async () => {
    usable = usd('5');
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough' }] });
    expect(exchange.sent).toEqual([]);
  });

  it('counts what is open as incoming, so that the next check buys nothing', async () => {
    await check();
    clock.advance(60_000);
    exchange.orders = [
      sampleSight({ exchangeOrderId: 'order_bought', clientOrderId: undefined, quantity: 10n }),
    ];
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('10') }] });
    expect(exchange.sent).toHaveLength(1);
  });

  const unfinished: Partial<Order>[] = [
    { state: 'PENDING', exchangeOrderId: undefined },
    { state: 'SUBMITTED', exchangeOrderId: undefined },
    { state: 'UNKNOWN', exchangeOrderId: undefined },
    { state: 'OPEN' },
    { state: 'CANCELLED', confirmed: false, settledAt: 0 },
    { state: 'REJECTED', confirmed: false, exchangeOrderId: undefined },
  ];
  it.each(unfinished)('counts an order in doubt as incoming: %j', async (changes) => {
    store.seed(sampleOrder({ ...changes }));
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
  });

  it('counts only the rest of a partly filled order', async () => {
    store.seed(sampleOrder({ state: 'PARTIALLY_FILLED', filledQuantity: 2n }));
    expect(await check()).toMatchObject({ instruments: [{ incoming: usd('3'), result: 'bought' }] });
  });

  it('counts a fill that it has only just seen, once', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await check();
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
    clock.advance(60_000);
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought', incoming: 0n }] });
  });

  it('counts Units that have waited for long where an older reading shows none of them', async () => {
    [transferredIn, usable] = [usd('100'), usd('1')];
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await check();
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    inTrading = usd('5');
    for (const balance of ['1', '0', '1', '0', '1']) {
      usable = usd(balance);
      expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
      clock.advance(10 * 60_000);
    }
    inTrading = 0n;
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
  });

  it('counts a fill until the exchange has counted it in, however long its balances lag', async () => {
    transferredIn = usd('100');
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await check();
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    for (let minute = 0; minute < 20; minute += 1) {
      expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
      clock.advance(60_000);
    }
    transferredIn = usd('105');
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought', incoming: 0n }] });
  });

  it('counts Units that have been filled and wait in the trading account once', async () => {
    transferredIn = 0n;
    store.seed(sampleOrder());
    exchange.orders = [sampleSight()];
    await check();
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    inTrading = usd('5');
    expect(await check()).toMatchObject({ instruments: [{ incoming: usd('5') }] });
  });

  it('counts Units that have waited there for long beside those bought just now, where nothing is counted', async () => {
    store.seed(sampleOrder({ quantity: 2n }));
    exchange.orders = [sampleSight({ quantity: 2n })];
    inTrading = usd('3');
    await check();
    exchange.orders = [sampleSight({ quantity: 2n, status: 'filled', filledQuantity: 2n })];
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
  });

  it('counts what others have on order on the account', async () => {
    exchange.orders = [sampleSight({ clientOrderId: 'by-hand' })];
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
  });

  it('leaves the purchase to the check that has read the same stock meanwhile', async () => {
    const { write } = memories;
    Object.assign(memories, { write: async () => 'stale' });
    expect(await check()).toMatchObject({ instruments: [{ result: 'failed', reason: 'overtaken' }] });
    Object.assign(memories, { write });
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought' }] });
    expect(exchange.sent).toHaveLength(1);
  });

  it('counts Units that wait in the trading account', async () => {
    inTrading = usd('5');
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
  });

  it('ignores orders of other instruments', async () => {
    store.seed(sampleOrder({ instrument: 'chat-fast' }));
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought', incoming: 0n }] });
  });

  it('buys once when its tick is delivered twice, also in parallel', async () => {
    const results = await Promise.all([check(), check()]);
    await check();
    expect(exchange.sent).toHaveLength(1);
    expect(results.flatMap((one) => one.instruments.map(({ result }) => result)).toSorted()).toEqual([
      'bought',
      'failed',
    ]);
  });

  it('buys once when two ticks overlap', async () => {
    await Promise.all([check(clock.now()), check(clock.now() - 60_000)]);
    expect(exchange.sent).toHaveLength(1);
  });

  it.each(['balances', 'trading', 'chat-prime'])('buys nothing when the %s cannot be read', async (part) => {
    failing.add(part);
    expect(await check()).toMatchObject({ instruments: [{ result: 'failed' }] });
    expect(exchange.sent).toEqual([]);
  });

  it('buys nothing when there are more unfinished orders than can be counted', async () => {
    for (let index = 0; index <= 500; index += 1) {
      const exchangeOrderId = `x${index}`;
      store.seed(sampleOrder({ orderId: `order-${index}`, instrument: 'chat-fast', exchangeOrderId }));
    }
    expect(await check()).toMatchObject({
      instruments: [{ result: 'failed', reason: 'TooManyUnfinishedOrdersError' }],
    });
    expect(exchange.sent).toEqual([]);
  });

  it('buys nothing when Units are there and none is usable: the balance is read the wrong way', async () => {
    total = usd('300');
    expect(await check()).toMatchObject({
      instruments: [{ result: 'failed', reason: 'units-committed' }],
    });
    expect(exchange.sent).toEqual([]);
    usable = usd('1');
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought' }] });
  });

  it('reads balances, orders and the totals of fills in this order, so that a fill in between is not missed by both', async () => {
    const { unfinished: readUnfinished } = store;
    Object.assign(store, {
      unfinished: async (limit: number) => {
        calls.push('orders');
        return readUnfinished(limit);
      },
      fillTotals: async () => {
        calls.push('totals');
        return { quantity: 0n, spent: 0n };
      },
    });
    await check();
    expect(calls).toEqual(['orders', 'balances', 'orders', 'totals']);
  });

  it('counts a fill that somebody else has recorded a moment ago', async () => {
    usable = usd('5');
    await check();
    usable = 0n;
    store.seed(sampleOrder({ state: 'FILLED', confirmed: true, filledQuantity: 5n }));
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
    clock.advance(44_999);
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough', incoming: usd('5') }] });
    clock.advance(1);
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought', incoming: 0n }] });
  });

  it.each([
    [{ kind: 'unknown', code: 'timeout' }, 'in-doubt', 'timeout'],
    [
      { kind: 'refused', status: 403, code: 'auto_mode_trading_restricted' },
      'not-bought',
      'auto_mode_trading_restricted',
    ],
  ] as const)('does not call it bought when the outcome is %j', async (outcome, result, reason) => {
    exchange.outcome = outcome;
    expect(await check()).toMatchObject({ instruments: [{ result, reason }] });
  });

  it('buys nothing in a market that is not active', async () => {
    failing.add('market');
    expect(await check()).toMatchObject({
      instruments: [{ result: 'not-bought', reason: 'market-not-active' }],
    });
    expect(exchange.sent).toEqual([]);
  });

  it('does not let the trouble of one instrument stop the others', async () => {
    failing.add('chat-fast');
    const other = { ...instrument, limits: { ...sampleLimits, symbol: 'chat-fast', marketId: 'market_2' } };
    expect(await check(clock.now(), [other, instrument])).toMatchObject({
      instruments: [{ result: 'failed' }, { result: 'bought' }],
    });
  });

  it('buys nothing on a tick whose time cannot be read', async () => {
    expect(await check(Number.NaN)).toMatchObject({ late: true, instruments: [] });
  });

  it('settles orders but buys nothing on a tick that comes hours late', async () => {
    store.seed(sampleOrder());
    exchange.orders = [sampleSight({ status: 'filled', filledQuantity: 5n })];
    const late = await check(clock.now() - 240_001);
    expect(late).toMatchObject({ late: true, movedOrders: [{ state: 'FILLED' }], instruments: [] });
    expect(exchange.sent).toEqual([]);
  });
});

describe('Units that wait in the trading account', () => {
  const moving = [{ ...instrument, moveFromTrading: true }];
  const moved = () => transferExchange.sent.map(({ quantity }) => quantity);

  it('are moved as far as they are needed, and nothing is bought for what they cover', async () => {
    [usable, inTrading] = [usd('1.5'), usd('8')];
    const result = await check(clock.now(), moving);
    expect(result).toMatchObject({
      instruments: [{ result: 'enough', incoming: usd('8') }],
      movedTransfers: [{ state: 'DONE', quantity: 4n, instrumentId }],
    });
    expect(transferExchange.sent).toMatchObject([{ instrumentId, quantity: 4n }]);
    expect(exchange.sent).toEqual([]);
  });

  it('are moved before what is still missing is bought', async () => {
    [usable, inTrading] = [usd('1'), usd('2')];
    expect(await check(clock.now(), moving)).toMatchObject({ instruments: [{ result: 'bought' }] });
    expect(moved()).toEqual([2n]);
    expect(exchange.sent).toMatchObject([{ quantity: 10n }]);
  });

  it('stay where moving is not configured, or not needed, or not whole', async () => {
    [usable, inTrading] = [usd('1'), usd('8')];
    await check(clock.now(), [instrument]);
    [usable, inTrading] = [usd('5'), usd('8')];
    await check(clock.now(), moving);
    [usable, inTrading] = [usd('1'), usd('0.99999999')];
    await check(clock.now(), moving);
    expect(moved()).toEqual([]);
  });

  it.each(['PAUSED', 'DRY_RUN', 'BREAKER'] as const)('stay while the mode is %s', async (mode) => {
    if (mode === 'BREAKER') await store.breaker.open('test', 'test');
    else store.control.mode = mode;
    [usable, inTrading] = [usd('1'), usd('8')];
    expect(await check(clock.now(), moving)).toMatchObject({ movedTransfers: [] });
    expect(moved()).toEqual([]);
    expect(transferStore.transfers.size).toBe(0);
  });

  it('stay when the balance is read the wrong way, when it cannot be read, and on a late tick', async () => {
    [usable, inTrading, total] = [0n, usd('8'), usd('300')];
    await check(clock.now(), moving);
    total = undefined;
    failing.add('balances');
    await check(clock.now(), moving);
    failing.clear();
    await check(clock.now() - 240_001, moving);
    expect(moved()).toEqual([]);
  });

  it('are moved once when a tick comes twice, and when two ticks overlap', async () => {
    [usable, inTrading] = [usd('1'), usd('8')];
    await Promise.all([check(clock.now(), moving), check(clock.now(), moving)]);
    await Promise.all([check(clock.now() + 1, moving), check(clock.now() - 60_000, moving)]);
    expect(moved()).toEqual([4n]);
  });

  it('are not moved again before the balances have had time to show the first transfer', async () => {
    [usable, inTrading] = [usd('1'), usd('8')];
    await check(clock.now(), moving);
    for (let minute = 1; minute <= 2; minute += 1) {
      clock.advance(60_000);
      await check(clock.now(), moving);
      expect(moved()).toEqual([4n]);
    }
    clock.advance(60_000);
    [usable, inTrading] = [usd('3'), usd('4')];
    await check(clock.now(), moving);
    expect(moved()).toEqual([4n, 2n]);
  });

  it('count as incoming while a transfer is in doubt, also when no balance shows them', async () => {
    transferStore.seed(sampleTransfer({ quantity: 5n }));
    transferExchange.historyComplete = false;
    expect(await check(clock.now(), moving)).toMatchObject({
      instruments: [{ result: 'enough', incoming: usd('5') }],
    });
  });

  it('are settled by the history on the next tick, even a late one', async () => {
    transferExchange.outcome = { kind: 'unknown', code: 'timeout' };
    [usable, inTrading] = [usd('1'), usd('8')];
    expect(await check(clock.now(), moving)).toMatchObject({ movedTransfers: [{ state: 'UNKNOWN' }] });
    const [transfer] = transferExchange.sent;
    transferExchange.history = [
      {
        exchangeTransferId: 'transfer_9',
        instrumentId,
        quantity: usd('4'),
        createdAt: clock.now(),
        mayHaveMoved: true,
      },
    ];
    clock.advance(60_000);
    expect(await check(clock.now() - 240_001, moving)).toMatchObject({
      movedTransfers: [{ state: 'DONE', transferId: transfer?.transferId, exchangeTransferId: 'transfer_9' }],
    });
  });

  it('that cannot be moved do not keep others from being moved, nor anything from being bought', async () => {
    [usable, inTrading] = [usd('1'), usd('2')];
    transferStore.failNext('create', 'before');
    expect(await check(clock.now(), moving)).toMatchObject({
      instruments: [{ result: 'bought' }],
      movedTransfers: [],
    });
    expect(moved()).toEqual([]);
  });

  it('leave nothing bought when it cannot be read which of them are under way', async () => {
    transferStore.failNext('unfinished', 'before');
    transferStore.failNext('unfinished', 'before');
    expect(await check(clock.now(), moving)).toMatchObject({ instruments: [{ result: 'failed' }] });
    expect(exchange.sent).toEqual([]);
  });
});

describe('the settings of a check', () => {
  it('are read once, for all of its instruments, and decide', async () => {
    inForce = (deployed) => ({ ...deployed, highestPrice: usd('2.39') });
    const second = { ...instrument, limits: { ...instrument.limits, symbol: 'code-prime' } };
    expect(await check(clock.now(), [instrument, second])).toMatchObject({
      instruments: [{ reason: 'out-of-bounds' }, { reason: 'out-of-bounds' }],
    });
    expect(exchange.sent).toEqual([]);
    expect(reads).toBe(1);
  });

  it('that change before its order is recorded leave that to the next check', async () => {
    inForce = (deployed) => {
      store.control.settingsVersion += 1;
      return deployed;
    };
    expect(await check()).toMatchObject({
      instruments: [{ result: 'not-bought', reason: 'settings-changed' }],
    });
    expect(store.orders.size).toBe(0);
    inForce = (deployed) => deployed;
    clock.advance(60_000);
    expect(await check()).toMatchObject({ instruments: [{ result: 'bought' }] });
  });

  it('pause an instrument, and no other', async () => {
    inForce = (deployed) => ({
      ...deployed,
      limits: { ...deployed.limits, isPaused: deployed.limits.symbol === instrument.limits.symbol },
    });
    const second = { ...instrument, limits: { ...instrument.limits, symbol: 'code-prime' } };
    expect(await check(clock.now(), [instrument, second])).toMatchObject({
      instruments: [{ result: 'not-bought', reason: 'stopped' }, { result: 'bought' }],
    });
  });

  it.each(['cannot be understood', 'cannot be read'])(
    'that %s let it decide nothing: neither orders nor cancellations',
    async (how) => {
      await check();
      const [open] = store.orders.values();
      // Old enough for the policy to cancel it.
      clock.advance(20 * 60_000);
      exchange.orders = [
        sampleSight({ exchangeOrderId: 'order_bought', clientOrderId: open?.orderId, quantity: 10n }),
      ];
      if (how === 'cannot be read') failing.add('settings');
      else store.control.mode = 'SETTINGS_UNUSABLE';
      const sent = exchange.sent.length;
      expect(await check()).toMatchObject({
        instruments: [{ result: 'failed', reason: how === 'cannot be read' ? 'Error' : 'settings-unusable' }],
      });
      expect(exchange.sent).toHaveLength(sent);
      expect(decisions).toHaveLength(1);
    },
  );
});

describe('the order books of a check', () => {
  const named = (name: string): ToppedUpInstrument => ({
    ...instrument,
    limits: { ...instrument.limits, symbol: name, marketId: `market_${name}` },
  });
  const many = ['a', 'b', 'c', 'd'].map(named);
  const adaptive = many.map((one) => ({
    ...one,
    policy: adaptivePolicy({
      maximumPrice: '2.50',
      maximumQuantity: 100,
      priceTick: '0.01',
      feeBasisPoints: 100,
    }),
    highestPrice: usd('2.50'),
  }));
  const bookAt = (ask: string) => ({
    asks: [{ price: usd(ask), quantity: usd('9') }],
    bids: [{ price: usd('1.90'), quantity: usd('9') }],
  });
  const checkNext = async (instruments: readonly ToppedUpInstrument[]) => {
    clock.advance(60_000);
    exchange.booksRead.length = 0;
    decisions.length = 0;
    const done = await check(clock.now(), instruments);
    return { ...done, books: [...exchange.booksRead] };
  };

  it('are that of the one instrument, in every check', async () => {
    usable = usd('100');
    for (let round = 0; round < 3; round += 1) {
      expect(await checkNext([instrument])).toMatchObject({ books: [instrument.limits.marketId] });
    }
  });

  it.each([
    ['threshold', many],
    ['adaptive', adaptive],
  ])('are read in turn, one in a check, while nothing is wanted (%s)', async (_, instruments) => {
    usable = usd('100');
    const books: string[][] = [];
    for (let round = 0; round < 8; round += 1) books.push((await checkNext(instruments)).books);
    expect(books.map(({ length }) => length)).toEqual(Array<number>(8).fill(1));
    expect(new Set(books.flat().slice(0, 4)).size).toBe(4);
    expect(books.slice(4)).toEqual(books.slice(0, 4));
    expect(exchange.sent).toEqual([]);
  });

  it('are read by whoever would do something, each once, and it is decided by them', async () => {
    exchange.book = bookAt('2.00');
    // So that there is no danger, and what is missing can be bid for.
    usable = usd('0.2');
    const { books, instruments } = await checkNext(adaptive);
    expect(books).toEqual(['market_a', 'market_b', 'market_c', 'market_d']);
    expect(exchange.sent.map(({ limitPrice }) => limitPrice)).toEqual(Array<bigint>(4).fill(usd('1.95')));
    expect(instruments.map(({ bestAsk }) => bestAsk)).toEqual(Array<bigint>(4).fill(usd('2.00')));
  });

  it('are read while an order rests whose price may have to follow them, and not for one that bids its own', async () => {
    exchange.book = bookAt('2.00');
    usable = usd('0.2');
    await check(clock.now(), adaptive);
    expect((await checkNext(adaptive)).books).toHaveLength(4);
    expect((await checkNext(many)).books).toHaveLength(1);
  });

  it('that nothing depended on are told as they last were, with the time, and not as a price of this check', async () => {
    usable = usd('100');
    exchange.book = bookAt('2.00');
    for (let round = 0; round < 4; round += 1) await checkNext(many);
    exchange.book = bookAt('2.10');
    const { instruments, books } = await checkNext(many);
    const now = clock.now();
    const seen = decisions.map(({ bestAsk, bookReadAt }) => [bestAsk, (now - (bookReadAt ?? 0)) / 60_000]);
    const turn = many.findIndex(({ limits }) => limits.marketId === books[0]);
    expect(seen[turn]).toEqual([usd('2.10'), 0]);
    const others = seen.filter((_, index) => index !== turn);
    expect(others.map(([ask]) => ask)).toEqual(Array<bigint>(3).fill(usd('2.00')));
    expect(new Set(others.map(([, minutes]) => minutes))).toEqual(new Set([1, 2, 3]));
    expect(instruments.map(({ bestAsk }) => bestAsk)).toEqual(
      many.map((_, index) => (index === turn ? usd('2.10') : undefined)),
    );
  });

  it('that are empty are told as such', async () => {
    usable = usd('100');
    exchange.book = bookAt('2.00');
    await checkNext([instrument]);
    exchange.book = { asks: [], bids: [] };
    await checkNext([instrument]);
    expect(decisions).toMatchObject([{ bestAsk: undefined, bookReadAt: clock.now() }]);
  });

  it('that cannot be read keep nothing from being bought, and are told as they last were', async () => {
    usable = usd('100');
    exchange.book = bookAt('2.00');
    await checkNext([instrument]);
    exchange.book = new Error('no book');
    usable = 0n;
    expect(await checkNext([instrument])).toMatchObject({ instruments: [{ result: 'bought' }] });
    expect(decisions).toMatchObject([{ bestAsk: usd('2.00'), bookReadAt: clock.now() - 60_000 }]);
  });
});
