import { beforeEach, describe, expect, it } from 'vitest';
import { resolveTransfers } from '../../../shared/transfers/resolve-transfers.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import { createMemoryTransferStore, type MemoryTransferStore } from '../../support/memory-transfer-store.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { usd as units } from '../../support/sample-order.ts';
import { sampleHistoryRow, sampleTransfer } from '../../support/sample-transfer.ts';
import { createScriptedTransfers, type ScriptedTransfers } from '../../support/scripted-transfers.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

let store: MemoryTransferStore;
let exchange: ScriptedTransfers;
let clock: VirtualClock;
let log: RecordedLog;

beforeEach(() => {
  store = createMemoryTransferStore();
  clock = createVirtualClock();
  exchange = createScriptedTransfers(clock);
  log = createRecordedLog();
});

const settle = (later = 0) => {
  clock.advance(later);
  return resolveTransfers({ store, exchange, clock, balanceLagMs: 45_000, log });
};
const resolve = async (later = 0) => (await settle(later)).moved;
const seed = (changes: Partial<Transfer> = {}): (() => Transfer | undefined) => {
  const transfer = sampleTransfer(changes);
  store.seed(transfer);
  return () => store.transfers.get(transfer.transferId);
};
const events = () => log.lines.map(({ event }) => event);

describe('a transfer in doubt', () => {
  it.each(['SUBMITTED', 'UNKNOWN'] as const)('%s is done when the history shows it', async (state) => {
    const now = seed({ state });
    exchange.history = [sampleHistoryRow()];
    expect(await resolve()).toMatchObject([{ state: 'DONE' }]);
    expect(now()).toMatchObject({ state: 'DONE', exchangeTransferId: 'transfer_1', confirmed: false });
    expect(exchange.listedSince).toEqual([testEpoch - 120_000]);
  });

  it.each([
    ['another instrument', { instrumentId: 'instrument_2' }],
    ['another quantity', { quantity: units('4') }],
    ['a fraction more', { quantity: units('3.00000001') }],
    ['another direction, or a failure', { mayHaveMoved: false }],
    ['a time long before', { createdAt: testEpoch - 120_001 }],
    ['a time long after', { createdAt: testEpoch + 240_001 }],
  ])('is not done by a row with %s', async (_what, changes) => {
    const now = seed();
    exchange.history = [sampleHistoryRow(changes)];
    await resolve();
    expect(now()).toMatchObject({ state: 'UNKNOWN' });
  });

  it.each([
    { instrumentId: undefined },
    { quantity: undefined },
    { createdAt: undefined },
    { createdAt: testEpoch - 120_000 },
    { createdAt: testEpoch + 240_000 },
  ])('may be a row with %j', async (changes) => {
    const now = seed();
    exchange.history = [sampleHistoryRow(changes)];
    await resolve();
    expect(now()).toMatchObject({ state: 'DONE' });
  });

  it('is not done by a transfer that another record has claimed', async () => {
    seed({
      transferId: 'other',
      instrument: 'x',
      state: 'DONE',
      confirmed: true,
      exchangeTransferId: 'transfer_1',
    });
    const now = seed();
    exchange.history = [sampleHistoryRow()];
    await resolve();
    expect(now()).toMatchObject({ state: 'UNKNOWN' });
    exchange.history = [sampleHistoryRow(), sampleHistoryRow({ exchangeTransferId: 'transfer_2' })];
    await resolve();
    expect(now()).toMatchObject({ state: 'DONE', exchangeTransferId: 'transfer_2' });
  });

  it('stays in doubt between two candidates, is given up in the end, and both are alarmed', async () => {
    const now = seed();
    exchange.history = [sampleHistoryRow(), sampleHistoryRow({ exchangeTransferId: 'transfer_2' })];
    await resolve(300_000);
    expect(now()).toMatchObject({ state: 'UNKNOWN', misses: 1 });
    await resolve(60_000);
    await resolve(60_000);
    expect(now()).toMatchObject({
      state: 'ABANDONED',
      reason: 'ambiguous',
      exchangeTransferId: undefined,
    });
    expect(events().filter((event) => event === 'transfer-ambiguous')).toHaveLength(3);
    expect(events()).toContain('transfer-abandoned');
  });

  it('is given up after three complete histories without it, the first after five minutes', async () => {
    const now = seed();
    await resolve(299_999);
    expect(now()).toMatchObject({ misses: 0 });
    await resolve(1);
    expect(now()).toMatchObject({ state: 'UNKNOWN', misses: 1 });
    await resolve(59_999);
    expect(now()).toMatchObject({ misses: 1 });
    await resolve(1);
    expect(now()).toMatchObject({ misses: 2 });
    expect(await resolve(60_000)).toMatchObject([{ state: 'ABANDONED', reason: 'not-found' }]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'transfer-abandoned' }),
    );
    expect(await store.unfinished()).toEqual([]);
    expect(await resolve(600_000)).toEqual([]);
  });

  it('counts no absence while its signature may still be good', async () => {
    const now = seed({ notAfter: testEpoch + 900_000 });
    await resolve(899_999);
    expect(now()).toMatchObject({ misses: 0 });
    await resolve(1);
    expect(now()).toMatchObject({ misses: 1 });
  });

  it.each([
    ['is incomplete', false, []],
    ['is incomplete and shows one', false, [sampleHistoryRow()]],
    ['cannot be read', true, new Error('no')],
  ])('learns nothing from a history that %s', async (_what, complete, history) => {
    const now = seed();
    [exchange.history, exchange.historyComplete] = [history, complete];
    for (let run = 0; run < 5; run += 1) await resolve(300_000);
    expect(now()).toEqual(sampleTransfer());
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'transfer-unresolved' }),
    );
  });

  it('is counted anew after it was seen late', async () => {
    const now = seed();
    await resolve(300_000);
    exchange.history = [sampleHistoryRow()];
    await resolve(60_000);
    expect(now()).toMatchObject({ state: 'DONE', misses: 0, missedAt: undefined });
  });
});

describe('transfers that need a person', () => {
  it.each([
    ['in doubt', { state: 'UNKNOWN' }],
    ['claimed', { state: 'SUBMITTED' }],
    ['refused, and not agreed with', { state: 'REJECTED', settledAt: testEpoch }],
  ] as const)('are those that are %s for a quarter of an hour', async (_what, changes) => {
    seed(changes);
    exchange.historyComplete = false;
    expect(await settle(899_999)).toEqual({ moved: [], unclear: 0 });
    expect(await settle(1)).toEqual({ moved: [], unclear: 1 });
  });

  it('are those that are given up, when they are', async () => {
    seed({ misses: 2 });
    expect(await settle(300_000)).toMatchObject({ moved: [{ state: 'ABANDONED' }], unclear: 1 });
    expect(await settle(60_000)).toEqual({ moved: [], unclear: 0 });
  });

  it('are not those that never left, or are done', async () => {
    seed({ state: 'PENDING', sentAt: undefined, instrument: 'a', transferId: 'a' });
    seed({ state: 'DONE', settledAt: testEpoch, instrument: 'b', transferId: 'b' });
    expect(await settle(1_000_000)).toMatchObject({ unclear: 0 });
  });
});

describe('a transfer that was not claimed', () => {
  it('is ended after a minute, and confirmed at once', async () => {
    const now = seed({ state: 'PENDING', sentAt: undefined, notAfter: undefined });
    await resolve(59_999);
    expect(now()).toMatchObject({ state: 'PENDING' });
    expect(await resolve(1)).toMatchObject([{ state: 'REJECTED', confirmed: true, reason: 'never-sent' }]);
    expect(exchange.listedSince).toEqual([]);
  });
});

describe('a refused transfer', () => {
  const refused = { state: 'REJECTED', settledAt: testEpoch, reason: 'INSUFFICIENT_BALANCE' } as const;

  it('is confirmed by a complete history without it, two minutes after it was signed', async () => {
    const now = seed(refused);
    await resolve(119_999);
    expect(now()).toMatchObject({ confirmed: false });
    expect(await resolve(1)).toEqual([]);
    expect(now()).toMatchObject({ state: 'REJECTED', confirmed: true });
  });

  it('is done all the same if the history shows it, and a person is told', async () => {
    const now = seed(refused);
    exchange.history = [sampleHistoryRow()];
    await resolve();
    expect(now()).toMatchObject({ state: 'DONE', exchangeTransferId: 'transfer_1' });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'transfer-seen-late' }),
    );
  });

  it('is not confirmed by a history that is not complete', async () => {
    const now = seed(refused);
    exchange.historyComplete = false;
    await resolve(600_000);
    expect(now()).toMatchObject({ confirmed: false });
  });
});

describe('a transfer that is done', () => {
  it('keeps its slot until balances show it and no check goes on that read them before, and needs no history', async () => {
    const now = seed({ state: 'DONE', settledAt: testEpoch });
    await resolve(179_999);
    expect(now()).toMatchObject({ confirmed: false });
    expect(await resolve(1)).toEqual([]);
    expect(now()).toMatchObject({ confirmed: true });
    expect(exchange.listedSince).toEqual([]);
  });
});

describe('trouble', () => {
  it('of the store is logged, and left to the next run', async () => {
    const now = seed();
    exchange.history = [sampleHistoryRow()];
    for (const call of ['unfinished', 'ownerOf', 'update'] as const) {
      store.failNext(call, 'before');
      expect(await resolve()).toEqual([]);
      expect(now()).toMatchObject({ state: 'UNKNOWN' });
    }
    expect(events().filter((event) => event === 'transfer-failed')).toHaveLength(3);
    expect(await resolve()).toMatchObject([{ state: 'DONE' }]);
  });

  it('of a race is no trouble: the version decides', async () => {
    const now = seed();
    exchange.history = [sampleHistoryRow()];
    const results = await Promise.all([resolve(), resolve(), resolve()]);
    expect(results.flat()).toHaveLength(1);
    expect(now()).toMatchObject({ state: 'DONE', version: 4 });
  });
});
