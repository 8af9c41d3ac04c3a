import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Budget, SpendingLimits } from '../../../shared/ledger/budget.ts';
import type { Breaker, Mode } from '../../../shared/orders/control-port.ts';
import { moveOrder } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { InvalidCursorError } from '../../../shared/orders/store-port.ts';
import { budgetFromItem, budgetKey } from '../../../shared/store/budget-items.ts';
import { createBreaker, readControl } from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { closeBreaker } from '../../../shared/store/settings-store.ts';
import { SimulatedTable } from '../../simulation/store/simulated-table.ts';
import { administer, limitsAsSet } from '../../support/administrator.ts';
import { type DecidingStore, decidingNow } from '../../support/deciding-store.ts';
import { createMemoryOrderStore } from '../../support/memory-order-store.ts';
import { startOrderTable } from '../../support/order-table.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

/** Every store that claims to be one, the table of the simulation and the fake of the other tests included. */
const makers = {
  extenddb: async () => storeOn(await startOrderTable('extenddb')),
  dynoxide: async () => storeOn(await startOrderTable('dynoxide')),
  simulated: async () => storeOn(simulatedTable()),
  memory: memoryStore,
};

/** A store, and what an administrator can do to it. */
interface StoreUnderTest {
  readonly store: DecidingStore;
  readonly breaker: Breaker;
  set(mode: Mode, limits?: Partial<SpendingLimits>): Promise<void>;
  closeBreaker(): Promise<void>;
  budgetOf(period: string): Promise<Budget | undefined>;
  close(): Promise<void>;
}

const ceiling: SpendingLimits = {
  perOrder: usd('1000'),
  perDay: usd('50000'),
  perMonth: usd('900000'),
  ordersPerHour: 5_000n,
};

async function memoryStore(): Promise<StoreUnderTest> {
  const store = createMemoryOrderStore(ceiling);
  return {
    store: decidingNow(store, async () => ({ ...store.control })),
    breaker: store.breaker,
    set: async (mode, limits = {}) => {
      const settingsVersion = store.control.settingsVersion + 1;
      Object.assign(store.control, { mode, settingsVersion, limits: { ...ceiling, ...limits } });
    },
    closeBreaker: async () => {
      store.control.breaker = undefined;
    },
    budgetOf: async (period) => store.budgets.get(period),
    close: async () => {},
  };
}

type Table = Pick<Awaited<ReturnType<typeof startOrderTable>>, 'client' | 'tableName' | 'close'>;

function simulatedTable(): Table {
  const table = new SimulatedTable();
  const send = async (command: unknown) => table.execute(command).output;
  return { client: { send } as unknown as Table['client'], tableName: 'simulated', close: async () => {} };
}

async function storeOn(table: Table): Promise<StoreUnderTest> {
  const tools = { ...table, ceiling, clock: createVirtualClock(), random: Math.random };
  const set = (mode: Mode, limits: Partial<SpendingLimits> = {}) =>
    administer(tools, { mode, spendingLimits: limitsAsSet(limits) });
  await set('LIVE');
  return {
    store: decidingNow(createOrderStore(tools), () => readControl(tools, ceiling)),
    set,
    breaker: createBreaker(tools),
    closeBreaker: () => closeBreaker(tools),
    budgetOf: async (period: string) => {
      const { Item: item = {} } = await table.client.send(
        new GetItemCommand({ TableName: table.tableName, Key: budgetKey(period), ConsistentRead: true }),
      );
      return budgetFromItem(item);
    },
    close: table.close,
  };
}

let count = 0;
/** An order of its own: a valid id, and an instrument that no other test uses. */
function newOrder(changes: Partial<Order> = {}): Order {
  count += 1;
  const letters = String(count)
    .padStart(4, '0')
    .replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
  return sampleOrder({
    orderId: `g1a-${letters.padEnd(26, 'z')}`,
    instrument: `instrument-${count}`,
    state: 'PENDING',
    version: 1,
    exchangeOrderId: undefined,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    createdAt: testEpoch + count,
    ...changes,
  });
}

const submit = (order: Order, changes: Partial<Order> = {}) =>
  moveOrder(
    order,
    { state: 'SUBMITTED', signedAt: testEpoch, sentAt: testEpoch, notAfter: testEpoch, ...changes },
    testEpoch,
  );

describe.each(Object.entries(makers))('the order store (%s)', (name, make) => {
  let store: DecidingStore;
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await make();
    ({ store } = under);
  });
  afterAll(() => under.close());

  it('gives back exactly what was written', async () => {
    const order = newOrder({ averagePrice: 1n, reason: 'because', missedAt: 0 });
    expect(await store.create(order)).toEqual({ kind: 'created' });
    expect(await store.get(order.orderId)).toEqual(order);
    expect(await store.get('g1a-nosuchorder')).toBeUndefined();
  });

  it('creates an order once, and shows the first to whoever comes second', async () => {
    const order = newOrder();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.create({ ...order, nonce: `nonce-${index}` })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    const winner = await store.get(order.orderId);
    for (const outcome of outcomes.filter(({ kind }) => kind !== 'created')) {
      expect(outcome).toEqual({ kind: 'exists', order: winner });
    }
  });

  it('lets exactly one of many claims win', async () => {
    const order = newOrder();
    await store.create(order);
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.update(order, submit(order))));
    expect(claims.filter((claim) => claim === 'written')).toHaveLength(1);
    expect(claims.filter((claim) => claim === 'stale')).toHaveLength(49);
    expect(await store.get(order.orderId)).toMatchObject({ state: 'SUBMITTED', version: 2 });
  });

  it('writes nothing on top of another version, another nonce or another state', async () => {
    const order = newOrder();
    await store.create(order);
    const strangers = [
      { ...order, version: 2 },
      { ...order, nonce: 'other' },
      { ...order, state: 'UNKNOWN' as const },
    ];
    for (const before of strangers) expect(await store.update(before, submit(order))).toBe('stale');
    expect(await store.get(order.orderId)).toEqual(order);
    expect(await store.history(order.orderId)).toHaveLength(1);
  });

  it('gives the slot of an instrument to one scheduled order until it is finished', async () => {
    const first = newOrder({ holdsSlot: true, source: 'schedule' });
    const second = newOrder({ holdsSlot: true, source: 'schedule', instrument: first.instrument });
    const byCaller = newOrder({ instrument: first.instrument });
    await store.create(first);
    expect(await store.create(second)).toEqual({ kind: 'slot-taken' });
    expect(await store.get(second.orderId)).toBeUndefined();
    expect(await store.create(byCaller)).toEqual({ kind: 'created' });

    const ended = moveOrder(first, { state: 'EXPIRED', confirmed: true }, testEpoch);
    expect(await store.update(first, ended)).toBe('written');
    expect(await store.create(second)).toEqual({ kind: 'created' });
    // The first has given its slot up; it cannot give up the second's.
    const third = newOrder({ holdsSlot: true, source: 'schedule', instrument: first.instrument });
    await store.update(ended, moveOrder(ended, { state: 'FILLED', confirmed: true }, testEpoch));
    expect(await store.create(third)).toEqual({ kind: 'slot-taken' });
  });

  it('has a slot for each purpose', async () => {
    const urgent = newOrder({ holdsSlot: true, source: 'schedule', purpose: 'urgent' });
    const patient = newOrder({ ...urgent, orderId: newOrder().orderId, purpose: 'patient' });
    expect(await store.create(urgent)).toEqual({ kind: 'created' });
    expect(await store.create(patient)).toEqual({ kind: 'created' });
    expect(await store.create({ ...patient, orderId: newOrder().orderId })).toEqual({ kind: 'slot-taken' });
  });

  it('gives the same terms to one of many racing orders, until it is known which order at the exchange it is', async () => {
    const marketId = `market-${newOrder().orderId}`;
    const alike = Array.from({ length: 10 }, () => newOrder({ holdsTerms: true, marketId }));
    const outcomes = await Promise.all(alike.map((order) => store.create(order)));
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'terms-taken')).toHaveLength(9);
    const first = alike[outcomes.findIndex(({ kind }) => kind === 'created')] ?? newOrder();
    const more = { ...newOrder({ holdsTerms: true, marketId }), quantity: first.quantity + 1n };
    expect(await store.create(more)).toEqual({ kind: 'created' });

    const sent = submit(first);
    await store.update(first, sent);
    const unknown = moveOrder(sent, { state: 'UNKNOWN' }, testEpoch);
    await store.update(sent, unknown);
    const next = newOrder({ holdsTerms: true, marketId });
    expect(await store.create(next)).toEqual({ kind: 'terms-taken' });
    const exchangeOrderId = `exchange-${first.orderId}`;
    expect(
      await store.update(unknown, moveOrder(unknown, { state: 'OPEN', exchangeOrderId }, testEpoch)),
    ).toBe('written');
    expect(await store.create(next)).toEqual({ kind: 'created' });
  });

  it('keeps the terms of an order that was given up for a day, for it may appear late', async () => {
    const marketId = `market-${newOrder().orderId}`;
    const day = 86_400_000;
    const lost = newOrder({ holdsTerms: true, marketId });
    await store.create(lost);
    const sent = submit(lost);
    await store.update(lost, sent);
    const unknown = moveOrder(sent, { state: 'UNKNOWN' }, testEpoch);
    await store.update(sent, unknown);
    const givenUp = moveOrder(unknown, { state: 'ABANDONED' }, testEpoch);
    expect(await store.update(unknown, givenUp)).toBe('written');
    const at = (ms: number) => newOrder({ holdsTerms: true, marketId, createdAt: lost.createdAt + ms });
    expect(await store.create(at(day))).toEqual({ kind: 'terms-taken' });
    expect(await store.create(at(day + 1))).toEqual({ kind: 'created' });
    const found = moveOrder(
      givenUp,
      { state: 'OPEN', exchangeOrderId: `exchange-${lost.orderId}` },
      lost.createdAt + day,
    );
    expect(await store.update(givenUp, found)).toBe('written');
  });

  it('adds up what the orders of an instrument have bought, and counts no step twice', async () => {
    const first = newOrder();
    const second = newOrder({ instrument: first.instrument });
    expect(await store.fillTotals(first.instrument)).toEqual({ quantity: 0n, spent: 0n });
    for (const order of [first, second]) {
      await store.create(order);
      const claimed = submit(order);
      await store.update(order, claimed);
      const seen = { state: 'PARTIALLY_FILLED', exchangeOrderId: `x-${order.orderId}` } as const;
      const partly = moveOrder(claimed, { ...seen, filledQuantity: 2n, spent: usd('5') }, testEpoch);
      await store.update(claimed, partly);
      expect(await store.update(claimed, partly)).toBe('stale');
      const filled = moveOrder(partly, { state: 'FILLED', filledQuantity: 5n, spent: usd('12') }, testEpoch);
      await store.update(partly, filled);
    }
    expect(await store.fillTotals(first.instrument)).toEqual({ quantity: 10n, spent: usd('24') });
  });

  it('knows which record an order at the exchange belongs to', async () => {
    const order = newOrder();
    await store.create(order);
    const claimed = submit(order);
    await store.update(order, claimed);
    const exchangeOrderId = `owned-${order.orderId}`;
    const owners = () => store.ownersOf(['nobodys', exchangeOrderId, exchangeOrderId]);
    expect(await owners()).toEqual(new Map());
    await store.update(claimed, moveOrder(claimed, { state: 'OPEN', exchangeOrderId }, testEpoch));
    expect(await owners()).toEqual(new Map([[exchangeOrderId, order.orderId]]));
    expect(await store.ownersOf([])).toEqual(new Map());
  });

  it('gives those of many orders that there are, as they are now', async () => {
    const orders = [newOrder(), newOrder(), newOrder()];
    for (const order of orders) await store.create(order);
    const [first = newOrder(), second = newOrder(), third = newOrder()] = orders;
    await store.update(second, submit(second));
    const ids = [third, first, second, first].map(({ orderId }) => orderId);
    const found = await store.getAll(['g1a-nosuchorder', ...ids]);
    expect(found).toEqual(new Map([first, submit(second), third].map((order) => [order.orderId, order])));
    expect(await store.getAll([])).toEqual(new Map());
  });

  it('finds unfinished orders, oldest first, and no finished ones', async () => {
    const [older, newer, finished] = [newOrder(), newOrder(), newOrder()];
    for (const order of [newer, older, finished]) await store.create(order);
    await store.update(finished, moveOrder(finished, { state: 'EXPIRED', confirmed: true }, testEpoch));
    await vi.waitFor(async () => {
      const found = (await store.unfinished(100)).orders.map(({ orderId }) => orderId);
      expect(found).not.toContain(finished.orderId);
      expect(found.indexOf(older.orderId)).toBeGreaterThanOrEqual(0);
      expect(found.indexOf(older.orderId)).toBeLessThan(found.indexOf(newer.orderId));
    });
    expect(await store.unfinished(1)).toMatchObject({ orders: [{}], complete: false });
  });

  it('keeps the history of an order', async () => {
    const order = newOrder();
    await store.create(order);
    const claimed = submit(order);
    await store.update(order, claimed);
    await store.update(claimed, moveOrder(claimed, { state: 'UNKNOWN', reason: 'timeout' }, testEpoch + 9));
    expect(await store.history(order.orderId)).toEqual([
      { version: 1, from: undefined, to: 'PENDING', reason: undefined, at: order.updatedAt },
      { version: 2, from: 'PENDING', to: 'SUBMITTED', reason: undefined, at: testEpoch },
      { version: 3, from: 'SUBMITTED', to: 'UNKNOWN', reason: 'timeout', at: testEpoch + 9 },
    ]);
  });

  it('lets one order at the exchange belong to one record only', async () => {
    const [ours, other] = [newOrder(), newOrder()];
    for (const order of [ours, other]) {
      await store.create(order);
      await store.update(order, submit(order));
    }
    const adopt = (order: Order) =>
      store.update(
        submit(order),
        moveOrder(submit(order), { state: 'OPEN', exchangeOrderId: 'order_x' }, testEpoch),
      );
    expect(await adopt(ours)).toBe('written');
    expect(await adopt(other)).toBe('exchange-id-taken');
    expect(await store.get(other.orderId)).toMatchObject({ state: 'SUBMITTED' });
  });

  it.runIf(name !== 'memory')(
    'lists newest first in pages, with filters, and knows its own cursors only',
    async () => {
      const instrument = 'listed';
      const orders = Array.from({ length: 5 }, () => newOrder({ instrument }));
      for (const order of orders) await store.create(order);
      const ids = orders.map(({ orderId }) => orderId).toReversed();
      await vi.waitFor(async () => {
        const first = await store.list({ instrument, limit: 3 });
        expect(first.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(0, 3));
        const rest = await store.list({ instrument, limit: 3, cursor: first.nextCursor ?? '' });
        expect(rest.orders.map(({ orderId }) => orderId)).toEqual(ids.slice(3));
        expect(rest.nextCursor).toBeUndefined();
      });
      expect((await store.list({ state: 'ABANDONED', limit: 3 })).orders).toEqual([]);
      const { principal } = newOrder();
      expect((await store.list({ instrument, principal, limit: 9 })).orders).toHaveLength(5);
      expect((await store.list({ instrument, principal: 'another', limit: 9 })).orders).toEqual([]);
      const all = await store.list({ limit: 2 });
      const next = await store.list({ limit: 2, cursor: all.nextCursor ?? '' });
      expect(new Set([...all.orders, ...next.orders].map(({ orderId }) => orderId)).size).toBe(4);
      await expect(store.list({ limit: 2, cursor: 'bm9uc2Vuc2U' })).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    },
  );

  /** An order of a day and month of its own, in an hour of its own, reserving so much. */
  const orderOn = (day: string, reserved: string, changes: Partial<Order> = {}) =>
    newOrder({
      budgetDay: day,
      budgetMonth: day.slice(0, 7),
      reserved: usd(reserved),
      createdAt: Date.parse(`${day}T10:00:00Z`) + count,
      ...changes,
    });

  it('reserves with the order, settles with its steps, and always accounts for the whole cap', async () => {
    const order = orderOn('2031-01-01', '100');
    expect(await store.create(order)).toEqual({ kind: 'created' });
    const claimed = submit(order);
    await store.update(order, claimed);
    expect(await under.budgetOf('2031-01-01')).toEqual({
      cap: usd('50000'),
      available: usd('49900'),
      reserved: usd('100'),
      spent: 0n,
    });
    const partly = moveOrder(
      claimed,
      { state: 'PARTIALLY_FILLED', exchangeOrderId: `x-${name}`, reserved: usd('60'), spent: usd('35') },
      0,
    );
    await store.update(claimed, partly);
    expect(await under.budgetOf('2031-01')).toEqual({
      cap: usd('900000'),
      available: usd('899905'),
      reserved: usd('60'),
      spent: usd('35'),
    });
    await store.update(partly, moveOrder(partly, { state: 'CANCELLED', confirmed: true, reserved: 0n }, 0));
    expect(await under.budgetOf('2031-01-01')).toEqual({
      cap: usd('50000'),
      available: usd('49965'),
      reserved: 0n,
      spent: usd('35'),
    });
  });

  it('gives 200 racing orders exactly as much as there is', async () => {
    await under.set('LIVE', { perDay: usd('49.99999999') });
    const orders = Array.from({ length: 200 }, () => orderOn('2031-02-01', '3'));
    const outcomes = await Promise.all(orders.map((order) => store.create(order)));
    await under.set('LIVE');
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(16);
    expect(outcomes.filter(({ kind }) => kind === 'over-budget')).toHaveLength(184);
    expect(await under.budgetOf('2031-02-01')).toEqual({
      cap: usd('49.99999999'),
      available: usd('1.99999999'),
      reserved: usd('48'),
      spent: 0n,
    });
  });

  it('refuses what a budget, an order limit or the hour does not allow, and records nothing of it', async () => {
    await under.set('LIVE', {
      perOrder: usd('10'),
      perDay: usd('15'),
      perMonth: usd('24'),
      ordersPerHour: 4n,
    });
    const created = async (day: string, reserved: string) =>
      (await store.create(orderOn(day, reserved))).kind;
    expect(await store.create(orderOn('2031-03-01', '10.00000001'))).toEqual({
      kind: 'over-budget',
      period: 'order',
    });
    expect(await created('2031-03-01', '10')).toBe('created');
    expect(await store.create(orderOn('2031-03-01', '5.00000001'))).toEqual({
      kind: 'over-budget',
      period: 'day',
    });
    expect(await created('2031-03-01', '5')).toBe('created');
    expect(await store.create(orderOn('2031-03-02', '9.00000001'))).toEqual({
      kind: 'over-budget',
      period: 'month',
    });
    expect(await created('2031-03-02', '1')).toBe('created');
    for (let index = 0; index < 3; index += 1) expect(await created('2031-03-02', '1')).toBe('created');
    await under.set('LIVE', { ordersPerHour: 4n });
    const fifth = orderOn('2031-03-02', '1');
    expect(await store.create(fifth)).toEqual({ kind: 'too-many-orders' });
    expect(await store.get(fifth.orderId)).toBeUndefined();
    await under.set('LIVE');
  });

  it('follows a cap that is lowered below what was spent, and one that is raised again', async () => {
    const order = orderOn('2031-04-01', '20');
    await store.create(order);
    await under.set('LIVE', { perDay: usd('5') });
    expect(await store.create(orderOn('2031-04-01', '6'))).toEqual({ kind: 'over-budget', period: 'day' });
    await under.set('LIVE', { perDay: usd('30') });
    expect(await store.create(orderOn('2031-04-01', '10'))).toEqual({ kind: 'created' });
    expect(await under.budgetOf('2031-04-01')).toEqual({
      cap: usd('30'),
      available: 0n,
      reserved: usd('30'),
      spent: 0n,
    });
    await under.set('LIVE');
  });

  it('records nothing that was decided by settings which are not in force any more', async () => {
    const before = await store.readControl();
    await under.set('LIVE', { perDay: usd('5') });
    const order = orderOn('2031-05-01', '6');
    expect(await store.createDecidedBy(order, before)).toEqual({ kind: 'settings-changed' });
    expect(await store.get(order.orderId)).toBeUndefined();
    expect(await under.budgetOf('2031-05-01')).toBeUndefined();
    await under.set('LIVE');
    // Also when they say the same again: who has decided in between may have decided otherwise.
    expect(await store.createDecidedBy(order, before)).toEqual({ kind: 'settings-changed' });
    const now = await store.readControl();
    expect(await store.createDecidedBy(order, now)).toEqual({ kind: 'created' });
    // A record is its own answer, whatever it is asked for by.
    expect(await store.createDecidedBy(order, before)).toEqual({ kind: 'exists', order });
    await under.set('PAUSED');
    expect(await store.createDecidedBy(newOrder(), now)).toEqual({ kind: 'stopped', why: 'PAUSED' });
    await under.set('LIVE');
  });

  it('creates and claims nothing while buying is stopped, and still records what was sent', async () => {
    const [pending, sent] = [newOrder(), newOrder()];
    await store.create(pending);
    await store.create(sent);
    const claimed = submit(sent);
    await store.update(sent, claimed);
    for (const mode of ['PAUSED', 'DRY_RUN'] as const) {
      await under.set(mode);
      expect(await store.create(newOrder())).toEqual({ kind: 'stopped', why: mode });
      expect(await store.update(pending, submit(pending))).toBe('stopped');
    }
    await under.set('LIVE');
    await under.breaker.open('test', 'one');
    await under.breaker.open('test', 'two');
    expect(await store.create(newOrder())).toEqual({ kind: 'stopped', why: 'BREAKER' });
    expect(await store.update(pending, submit(pending))).toBe('stopped');
    expect(await store.create(pending)).toEqual({ kind: 'exists', order: pending });
    expect(await store.update(claimed, moveOrder(claimed, { state: 'UNKNOWN' }, testEpoch))).toBe('written');
    await under.closeBreaker();
    expect(await store.update(pending, submit(pending))).toBe('written');
  });

  it('takes up an order that was sent, whatever stops buying and however little is left', async () => {
    await under.set('PAUSED', { perDay: usd('1'), ordersPerHour: 0n });
    await under.breaker.open('restored-from-backup', 'test');
    const days = { budgetDay: '2044-01-01', budgetMonth: '2044-01' };
    const adopted = newOrder({ ...days, state: 'SUBMITTED', sentAt: testEpoch });
    await store.adopt(adopted);
    await store.adopt({ ...adopted, nonce: 'another', reserved: usd('7') });
    expect(await store.get(adopted.orderId)).toEqual(adopted);
    expect(await store.history(adopted.orderId)).toMatchObject([{ from: undefined, to: 'SUBMITTED' }]);
    const { reserved } = adopted;
    const [day, month] = [await under.budgetOf('2044-01-01'), await under.budgetOf('2044-01')];
    expect(day).toMatchObject({ reserved, spent: 0n, available: usd('1') - reserved });
    expect(month).toMatchObject({ reserved, spent: 0n });
    const filled = moveOrder(adopted, { state: 'OPEN', exchangeOrderId: 'order_adopted' }, testEpoch);
    expect(await store.update(adopted, filled)).toBe('written');
    await under.closeBreaker();
    await under.set('LIVE');
  });

  it('does not open the breaker for a finding that was noted, and does for another', async () => {
    await under.breaker.note('order-foreign', 'noted');
    await under.breaker.openOnce('order-foreign', 'noted');
    expect(await store.create(newOrder())).toEqual({ kind: 'created' });
    await under.breaker.openOnce('order-foreign', 'not-noted');
    expect(await store.create(newOrder())).toEqual({ kind: 'stopped', why: 'BREAKER' });
    await under.closeBreaker();
  });

  it('opens the breaker once for a finding that stays, and again for another or what waited', async () => {
    const opensFor = async (reference: string): Promise<boolean> => {
      await under.breaker.openOnce('finding', reference);
      const outcome = await store.create(newOrder());
      await under.closeBreaker();
      return outcome.kind === 'stopped';
    };
    expect(await opensFor('one')).toBe(true);
    expect(await opensFor('one')).toBe(false);
    await under.breaker.open('test', 'something else');
    await under.breaker.openOnce('finding', 'two');
    await under.closeBreaker();
    expect(await opensFor('two')).toBe(true);
    expect(await opensFor('two')).toBe(false);
  });
});
