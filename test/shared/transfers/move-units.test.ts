import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import type { TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import { moveTransfer } from '../../../shared/transfers/life-cycle.ts';
import { moveUnits } from '../../../shared/transfers/move-units.ts';
import { transferId } from '../../../shared/transfers/transfer-id.ts';
import { createMemoryTransferStore, type MemoryTransferStore } from '../../support/memory-transfer-store.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { sampleTransfer } from '../../support/sample-transfer.ts';
import { createScriptedTransfers, type ScriptedTransfers } from '../../support/scripted-transfers.ts';
import { createVirtualClock, testEpoch, type VirtualClock } from '../../support/virtual-clock.ts';

const intent = {
  transferId: `g1t-${'b'.repeat(26)}`,
  instrument: 'chat-prime',
  instrumentId: 'instrument_1',
  quantity: 4n,
};

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

let nonces = 0;
const nonce = () => {
  nonces += 1;
  return `nonce-${nonces}`;
};
const move = (changes: Partial<typeof intent> = {}) =>
  moveUnits(
    {
      store,
      exchange,
      clock,
      deadline: testEpoch + 60_000,
      nonce,
      log,
    },
    { ...intent, ...changes },
  );
const record = () => store.transfers.get(intent.transferId);

describe('moving Units', () => {
  it('records, claims and sends the transfer once, and records that it was done', async () => {
    expect(await move()).toMatchObject({ kind: 'sent', transfer: { state: 'DONE' } });
    expect(exchange.sent).toEqual([intent]);
    expect(record()).toMatchObject({
      state: 'DONE',
      confirmed: false,
      version: 3,
      exchangeTransferId: 'transfer_1',
      signedAt: testEpoch,
      sentAt: testEpoch,
      notAfter: testEpoch + 120_000,
      settledAt: testEpoch,
    });
  });

  it.each<[TransferOutcome, object]>([
    [
      { kind: 'refused', status: 422, code: 'INSUFFICIENT_BALANCE' },
      { state: 'REJECTED', reason: 'INSUFFICIENT_BALANCE', responseStatus: 422 },
    ],
    [
      { kind: 'not-sent', code: 'ECONNREFUSED' },
      { state: 'REJECTED', reason: 'ECONNREFUSED' },
    ],
    [
      { kind: 'unknown', status: 502, code: 'http-502' },
      { state: 'UNKNOWN', reason: 'http-502', responseStatus: 502 },
    ],
    [
      { kind: 'unknown', code: 'timeout' },
      { state: 'UNKNOWN', reason: 'timeout' },
    ],
  ])('is recorded by what came of it, %j, and is not finished with that', async (outcome, expected) => {
    exchange.outcome = outcome;
    expect(await move()).toMatchObject({ kind: 'sent', transfer: expected });
    expect(record()).toMatchObject({ ...expected, confirmed: false });
    expect(await store.unfinished()).toHaveLength(1);
  });

  it('tells a person when the key or the account is refused', async () => {
    exchange.outcome = { kind: 'refused', status: 403, code: 'auto_mode_trading_restricted' };
    await move();
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', event: 'transfer-answered' });
  });

  it.each(['PAUSED', 'DRY_RUN'] as const)('records and sends nothing in mode %s', async (mode) => {
    store.control.mode = mode;
    expect(await move()).toEqual({ kind: 'stopped', why: mode });
    expect(exchange.sent).toEqual([]);
    expect(store.transfers.size).toBe(0);
  });

  it('sends nothing when everything was stopped between the record and the claim', async () => {
    const { create } = store;
    Object.assign(store, {
      create: async (transfer: Parameters<typeof create>[0]) => {
        const outcome = await create(transfer);
        store.control.breaker = { reason: 'test', at: 0 };
        return outcome;
      },
    });
    expect(await move()).toMatchObject({ kind: 'not-claimed' });
    expect(exchange.sent).toEqual([]);
    expect(record()).toMatchObject({ state: 'PENDING' });
  });

  it('sends nothing while another transfer of the instrument is not finished', async () => {
    store.seed(sampleTransfer());
    expect(await move()).toEqual({ kind: 'slot-taken' });
    expect(await move({ instrument: 'chat-fast' })).toMatchObject({ kind: 'sent' });
    expect(exchange.sent).toHaveLength(1);
  });

  it('sends one transfer for one tick, however often it comes', async () => {
    const results = await Promise.all([move(), move(), move()]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['exists', 'exists', 'sent']);
    expect(await move()).toEqual({ kind: 'exists' });
    expect(exchange.sent).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('sends nothing when the record is in doubt (%s)', async (when) => {
    store.failNext('create', when);
    await expect(move()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(exchange.sent).toEqual([]);
  });

  it.each(['before', 'after'] as const)('sends nothing when the claim is in doubt (%s)', async (when) => {
    store.failNext('update', when);
    await expect(move()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(exchange.sent).toEqual([]);
  });

  it('sends nothing when another has ended the record first', async () => {
    const { create } = store;
    Object.assign(store, {
      create: async (transfer: Parameters<typeof create>[0]) => {
        const outcome = await create(transfer);
        await store.update(
          transfer,
          moveTransfer(transfer, { state: 'REJECTED', confirmed: true }, testEpoch),
        );
        return outcome;
      },
    });
    expect(await move()).toMatchObject({ kind: 'not-claimed' });
    expect(exchange.sent).toEqual([]);
  });

  it('sends nothing without a key, and records nothing', async () => {
    exchange.prepareError = new Error('no key');
    await expect(move()).rejects.toThrow('no key');
    expect(store.transfers.size).toBe(0);
  });

  it('begins nothing with less than ten seconds left', async () => {
    clock.advance(50_001);
    expect(await move()).toEqual({ kind: 'no-time' });
    expect(store.transfers.size).toBe(0);
  });

  it('does not send with a signature that has grown old while the process stood still', async () => {
    const { create } = store;
    Object.assign(store, {
      create: async (transfer: Parameters<typeof create>[0]) => {
        clock.advance(25_001);
        return create(transfer);
      },
    });
    expect(await move()).toMatchObject({ transfer: { state: 'REJECTED', reason: 'signature-too-old' } });
    expect(exchange.sent).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'leaves it claimed when the answer cannot be recorded (%s)',
    async (when) => {
      const { sendTransfer } = exchange;
      Object.assign(exchange, {
        sendTransfer: async (prepared: Parameters<typeof sendTransfer>[0]) => {
          store.failNext('update', when);
          return sendTransfer(prepared);
        },
      });
      expect(await move()).toMatchObject({ kind: 'sent', transfer: { state: 'SUBMITTED' } });
      expect(exchange.sent).toHaveLength(1);
      expect(log.lines.at(-1)).toMatchObject({
        level: 'error',
        event: 'transfer-not-recorded-after-answer',
        fields: { exchangeTransferId: 'transfer_1' },
      });
    },
  );

  it("does not take another transfer's id for its own", async () => {
    const other = sampleTransfer({
      state: 'DONE',
      confirmed: true,
      instrument: 'chat-fast',
      exchangeTransferId: 'transfer_1',
    });
    store.seed(other);
    expect(await move()).toMatchObject({ transfer: { state: 'SUBMITTED' } });
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', event: 'exchange-id-taken' });
  });
});

describe('the id of a transfer', () => {
  const tick = { stage: 'test', scheduleArn: 'arn', scheduledTime: '2026-11-23T12:00:00Z', instrument: 'a' };
  it('is the same for the same tick and instrument, and for no other, and is no order id', () => {
    const others = [
      { ...tick, stage: 'other' },
      { ...tick, scheduleArn: 'other' },
      { ...tick, scheduledTime: '2026-11-23T12:01:00Z' },
      { ...tick, instrument: 'b' },
    ].map(transferId);
    expect(transferId(tick)).toBe(transferId({ ...tick }));
    expect(new Set([transferId(tick), ...others]).size).toBe(5);
    expect(transferId(tick)).toMatch(/^g1t-[a-z2-7]{26}$/);
  });
});
