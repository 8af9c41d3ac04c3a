import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditMark, readControl } from '../../../shared/store/control-store.ts';
import { createOrderReader, getOrder } from '../../../shared/store/order-queries.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { prepareRestoredTable } from '../../../shared/store/restored-table.ts';
import { closeBreaker, readSettings } from '../../../shared/store/settings-store.ts';
import { administer } from '../../support/administrator.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const ceiling = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };
const hour = 3_600_000;

let table: TestTable;
beforeAll(async () => {
  table = await startOrderTable('dynoxide');
});
afterAll(() => table.close());

const tools = () => ({
  ...table,
  ceiling,
  clock: createVirtualClock(),
  random: Math.random,
  now: testEpoch + 24 * hour,
});

describe('preparing a table that was restored from a backup', () => {
  it('has checks look from that moment on where none had looked before', async () => {
    expect(await prepareRestoredTable(tools(), testEpoch)).toEqual({
      perhapsSent: 0,
      comparedSince: testEpoch,
    });
    expect(await createAuditMark(tools()).read()).toEqual({ beganAt: testEpoch, upTo: testEpoch });
    expect((await readSettings(table)).breaker?.reason).toBe('restored-from-backup');
  });

  it('keeps a mark that is further back, and moves back one that is not', async () => {
    const mark = createAuditMark(tools());
    await mark.write({ beganAt: testEpoch - 9 * hour, upTo: testEpoch - hour });
    await prepareRestoredTable(tools(), testEpoch);
    expect(await mark.read()).toEqual({ beganAt: testEpoch - 9 * hour, upTo: testEpoch - hour });
    await prepareRestoredTable(tools(), testEpoch - 2 * hour);
    expect(await mark.read()).toEqual({ beganAt: testEpoch - 9 * hour, upTo: testEpoch - 2 * hour });
  });

  it('marks what was only recorded as sent, for as long as it may have been, and nothing else', async () => {
    await closeBreaker(table);
    await administer(table, { mode: 'LIVE' });
    const control = await readControl(table, ceiling);
    const store = createOrderStore(tools());
    const unsent = {
      exchangeOrderId: undefined,
      signedAt: undefined,
      sentAt: undefined,
      notAfter: undefined,
    };
    const recorded = sampleOrder({ ...unsent, state: 'PENDING', version: 1 });
    const open = sampleOrder({ orderId: `g1a-${'c'.repeat(26)}`, version: 1 });
    for (const order of [recorded, open])
      expect(await store.create(order, control)).toEqual({ kind: 'created' });

    expect(await prepareRestoredTable(tools(), testEpoch)).toMatchObject({ perhapsSent: 1 });
    const { createdAt } = recorded;
    expect(await getOrder(table, recorded.orderId)).toMatchObject({
      state: 'SUBMITTED',
      version: 2,
      reserved: recorded.reserved,
      sentAt: createdAt,
      notAfter: createdAt + 180_000,
    });
    expect(await createOrderReader(table).history(recorded.orderId)).toMatchObject([
      { to: 'PENDING' },
      { from: 'PENDING', to: 'SUBMITTED' },
    ]);
    expect(await getOrder(table, open.orderId)).toEqual(open);
    expect(await prepareRestoredTable(tools(), testEpoch)).toMatchObject({ perhapsSent: 0 });
  });
});
