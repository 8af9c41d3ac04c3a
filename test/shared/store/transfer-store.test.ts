import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dynamoDbClientAt, type TableClient } from '../../../shared/aws/clients.ts';
import type { Breaker, Mode } from '../../../shared/orders/control-port.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { createBreaker, readControl } from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { closeBreaker } from '../../../shared/store/settings-store.ts';
import { createTransferStore } from '../../../shared/store/transfer-store.ts';
import { createWaitingMark } from '../../../shared/store/waiting-mark.ts';
import { moveTransfer } from '../../../shared/transfers/life-cycle.ts';
import type { TransferStore } from '../../../shared/transfers/store-port.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import { administer } from '../../support/administrator.ts';
import { decidingNow } from '../../support/deciding-store.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';
import { createMemoryTransferStore } from '../../support/memory-transfer-store.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { sampleTransfer } from '../../support/sample-transfer.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const plenty = 10n ** 20n;
const ceiling = { perOrder: plenty, perDay: plenty, perMonth: plenty, ordersPerHour: 1_000n };

/** Every store that claims to be one, the fake of the other tests included. */
const makers = {
  extenddb: () => realStore('extenddb'),
  dynoxide: () => realStore('dynoxide'),
  memory: memoryStore,
};

interface StoreUnderTest {
  readonly store: TransferStore;
  readonly breaker: Breaker;
  set(mode: Mode): Promise<void>;
  closeBreaker(): Promise<void>;
  close(): Promise<void>;
}

async function memoryStore(): Promise<StoreUnderTest> {
  const store = createMemoryTransferStore();
  const { control } = store;
  const open = async (reason: string) => {
    control.breaker = { reason, at: 0 };
  };
  return {
    store,
    breaker: { open, openOnce: open, note: open },
    set: async (mode) => {
      control.mode = mode;
    },
    closeBreaker: async () => {
      control.breaker = undefined;
    },
    close: async () => {},
  };
}

function toolsFor(table: TestTable, client: TableClient = table.client) {
  return { client, tableName: table.tableName, ceiling, clock: createVirtualClock(), random: () => 0 };
}

async function realStore(engine: 'extenddb' | 'dynoxide'): Promise<StoreUnderTest> {
  const table = await startOrderTable(engine);
  const tools = toolsFor(table);
  const set = (mode: Mode) => administer(tools, { mode });
  await set('LIVE');
  return {
    store: createTransferStore(tools),
    breaker: createBreaker(tools),
    set,
    closeBreaker: () => closeBreaker(tools),
    close: table.close,
  };
}

let count = 0;
/** A transfer of its own: of an instrument that no other test uses. */
function newTransfer(changes: Partial<Transfer> = {}): Transfer {
  count += 1;
  return sampleTransfer({
    transferId: `g1t-${count}`,
    instrument: `instrument-${count}`,
    state: 'PENDING',
    version: 1,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    ...changes,
  });
}

const claim = (transfer: Transfer) =>
  moveTransfer(transfer, { state: 'SUBMITTED', signedAt: 1, sentAt: 2, notAfter: 3 }, testEpoch + 1);
const done = (transfer: Transfer, exchangeTransferId: string) =>
  moveTransfer(transfer, { state: 'DONE', exchangeTransferId }, testEpoch + 2);

describe.each(Object.entries(makers))('the transfer store (%s)', (name, make) => {
  let store: TransferStore;
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await make();
    ({ store } = under);
  });
  afterAll(() => under.close());

  const stored = async ({ transferId }: Transfer) =>
    (await store.unfinished()).find((one) => one.transferId === transferId);

  it('gives back exactly what was written, and shows it while it is not finished', async () => {
    const transfer = newTransfer();
    expect(await store.create(transfer)).toEqual({ kind: 'created' });
    const claimed = claim(transfer);
    await store.update(transfer, claimed);
    const unknown = moveTransfer(
      claimed,
      { state: 'UNKNOWN', reason: 'why', responseStatus: 502 },
      testEpoch,
    );
    await store.update(claimed, unknown);
    await vi.waitFor(async () => expect(await stored(transfer)).toEqual(unknown));
    const ended = done(unknown, `t-${name}-1`);
    await store.update(unknown, ended);
    await vi.waitFor(async () => expect(await stored(transfer)).toEqual(ended));
    await store.update(ended, moveTransfer(ended, { confirmed: true }, testEpoch + 3));
    expect(await stored(transfer)).toBeUndefined();
    expect(await store.ownerOf(`t-${name}-1`)).toBe(transfer.transferId);
    expect(await store.ownerOf('nobody')).toBeUndefined();
  });

  it('creates a transfer once, and lets exactly one of many claims win', async () => {
    const transfer = newTransfer();
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.create({ ...transfer, nonce: `nonce-${index}` })),
    );
    expect(made.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(made.filter(({ kind }) => kind === 'exists')).toHaveLength(19);
    const winner = { ...transfer, nonce: `nonce-${made.findIndex(({ kind }) => kind === 'created')}` };
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.update(winner, claim(winner))));
    expect(claims.filter((one) => one === 'written')).toHaveLength(1);
    expect(claims.filter((one) => one === 'stale')).toHaveLength(49);
  });

  it('writes nothing on top of another version, another nonce or another state', async () => {
    const transfer = newTransfer();
    await store.create(transfer);
    const strangers = [
      { ...transfer, version: 2 },
      { ...transfer, nonce: 'other' },
      { ...transfer, state: 'UNKNOWN' as const },
    ];
    for (const before of strangers) expect(await store.update(before, claim(transfer))).toBe('stale');
    expect(await store.update(transfer, claim(transfer))).toBe('written');
  });

  it('gives the slot of an instrument to one of many transfers, until that is finished', async () => {
    const rivals = Array.from({ length: 10 }, () => newTransfer({ instrument: `rivals-${name}` }));
    const made = await Promise.all(rivals.map((one) => store.create(one)));
    expect(made.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(made.filter(({ kind }) => kind === 'slot-taken')).toHaveLength(9);
    const winner = rivals[made.findIndex(({ kind }) => kind === 'created')] ?? newTransfer();
    const loser = rivals[made.findIndex(({ kind }) => kind === 'slot-taken')] ?? newTransfer();
    const steps = [claim(winner)];
    steps.push(done(steps[0] ?? winner, `t-${name}-2`));
    for (const [index, after] of steps.entries()) {
      expect(await store.update(steps[index - 1] ?? winner, after)).toBe('written');
      expect(await store.create(loser)).toEqual({ kind: 'slot-taken' });
    }
    const [, last = winner] = steps;
    await store.update(last, moveTransfer(last, { confirmed: true }, testEpoch));
    expect(await store.create(loser)).toEqual({ kind: 'created' });
  });

  it('lets one transfer of the exchange belong to one record only', async () => {
    const [ours, other] = [newTransfer(), newTransfer()];
    for (const one of [ours, other]) {
      await store.create(one);
      await store.update(one, claim(one));
    }
    expect(await store.update(claim(ours), done(claim(ours), `t-${name}-3`))).toBe('written');
    expect(await store.update(claim(other), done(claim(other), `t-${name}-3`))).toBe('exchange-id-taken');
    await vi.waitFor(async () => expect(await stored(other)).toMatchObject({ state: 'SUBMITTED' }));
  });

  it('creates and claims nothing while everything is stopped, and still records what was sent', async () => {
    const [pending, sent] = [newTransfer(), newTransfer()];
    await store.create(pending);
    await store.create(sent);
    await store.update(sent, claim(sent));
    for (const mode of ['PAUSED', 'DRY_RUN'] as const) {
      await under.set(mode);
      expect(await store.create(newTransfer())).toEqual({ kind: 'stopped', why: mode });
      expect(await store.update(pending, claim(pending))).toBe('stopped');
    }
    await under.set('LIVE');
    await under.breaker.open('test', 'one');
    expect(await store.create(newTransfer())).toEqual({ kind: 'stopped', why: 'BREAKER' });
    expect(await store.update(pending, claim(pending))).toBe('stopped');
    expect(await store.update(claim(sent), done(claim(sent), `t-${name}-4`))).toBe('written');
    await under.closeBreaker();
    expect(await store.update(pending, claim(pending))).toBe('written');
  });
});

describe('the transfer store beside the orders, in a real engine', () => {
  let table: TestTable;
  let way: FaultyDynamoDb;
  let client: TableClient;
  beforeAll(async () => {
    table = await startOrderTable('extenddb');
    way = await startFaultyDynamoDb(table.endpoint);
    client = dynamoDbClientAt({ ...table.options, endpoint: way.endpoint });
    await administer(toolsFor(table), { mode: 'LIVE' });
  });
  afterAll(async () => {
    client.destroy();
    await way.close();
    await table.close();
  });

  it('shares neither slots nor work nor ids with them, and keeps what is over for 400 days', async () => {
    const tools = toolsFor(table);
    const orders = decidingNow(createOrderStore(tools), () => readControl(tools, ceiling));
    const store = createTransferStore(toolsFor(table));
    const order = sampleOrder({
      state: 'PENDING',
      version: 1,
      exchangeOrderId: undefined,
      source: 'schedule',
      purpose: 'urgent',
      holdsSlot: true,
    });
    const transfer = newTransfer({ instrument: order.instrument });
    expect(await orders.create(order)).toEqual({ kind: 'created' });
    expect(await store.create(transfer)).toEqual({ kind: 'created' });
    await vi.waitFor(async () => {
      expect(await store.unfinished()).toEqual([transfer]);
      expect((await orders.unfinished(10)).orders).toEqual([order]);
    });
    expect((await orders.list({ limit: 10 })).orders).toEqual([order]);
    const ended = { state: 'REJECTED', confirmed: true, reason: 'never-sent' } as const;
    await store.update(transfer, moveTransfer(transfer, ended, testEpoch));
    const key = { pk: { S: `TRANSFER#${transfer.transferId}` }, sk: { S: 'v0' } };
    const { Item: item } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: key }),
    );
    expect(item?.['expiresAt']).toEqual({ N: String(testEpoch / 1000 + 400 * 86_400) });
    expect(item?.['work']).toBeUndefined();
  });

  it.each(['lose-answer', 'fail-after'] as const)(
    'records and claims once when an answer is lost (%s)',
    async (fault) => {
      const store = createTransferStore(toolsFor(table, client));
      const transfer = newTransfer();
      way.plan('TransactWriteItems', fault);
      expect(await store.create(transfer)).toEqual({ kind: 'created' });
      way.plan('TransactWriteItems', fault);
      expect(await store.update(transfer, claim(transfer))).toBe('written');
      expect(await store.update(transfer, claim(transfer))).toBe('stale');
    },
  );

  it('says so when a claim stays without any answer', async () => {
    const store = createTransferStore(toolsFor(table, client));
    const transfer = newTransfer();
    await store.create(transfer);
    way.plan('TransactWriteItems', 'lose-answer', 'lose-answer', 'lose-answer');
    await expect(store.update(transfer, claim(transfer))).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await store.update(transfer, claim(transfer))).toBe('stale');
  });

  it('remembers since when Units have been waiting, from the first time until none wait', async () => {
    const mark = createWaitingMark(toolsFor(table));
    expect(await mark.since('chat-prime')).toBeUndefined();
    await mark.begin('chat-prime', 1_000);
    await mark.begin('chat-prime', 2_000);
    expect(await mark.since('chat-prime')).toBe(1_000);
    expect(await mark.since('chat-fast')).toBeUndefined();
    await mark.end('chat-prime');
    expect(await mark.since('chat-prime')).toBeUndefined();
    await mark.begin('chat-prime', 3_000);
    expect(await mark.since('chat-prime')).toBe(3_000);
  });
});
