import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { budgetKey } from '../../../shared/store/budget-items.ts';
import {
  createBreaker,
  readBudget,
  readControl,
  readOrdersInHour,
} from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { closeBreaker } from '../../../shared/store/settings-store.ts';
import { administer } from '../../support/administrator.ts';
import { decidingNow } from '../../support/deciding-store.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const ceiling = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };

let table: TestTable;
beforeAll(async () => {
  table = await startOrderTable('dynoxide');
});
afterAll(() => table.close());

const tools = () => ({ ...table, ceiling, clock: createVirtualClock(), random: Math.random });

describe('the budget of a period', () => {
  it('is undefined while nothing was ordered in it, and then as the order has left it', async () => {
    expect(await readBudget(table, '2026-11-23')).toBeUndefined();
    await administer(table, { mode: 'LIVE' });
    const order = sampleOrder({ state: 'PENDING', version: 1, exchangeOrderId: undefined });
    expect(
      await decidingNow(createOrderStore(tools()), () => readControl(table, ceiling)).create(order),
    ).toEqual({ kind: 'created' });
    expect(await readBudget(table, order.budgetDay)).toEqual({
      cap: ceiling.perDay,
      available: ceiling.perDay - order.reserved,
      reserved: order.reserved,
      spent: 0n,
    });
  });

  it('and the order counts in its hour', async () => {
    const { createdAt } = sampleOrder();
    expect(await readOrdersInHour(table, createdAt)).toBe(1);
    expect(await readOrdersInHour(table, createdAt + 3_600_000)).toBe(0);
  });

  it('that cannot be understood is not taken for an unused one', async () => {
    const Item = { ...budgetKey('2026-11-24'), used: { S: 'much' } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    await expect(readBudget(table, '2026-11-24')).rejects.toThrow(StoreUnavailableError);
  });
});

describe('the breaker', () => {
  it('tells when it was opened, once until it is closed', async () => {
    let opened = 0;
    const breaker = createBreaker(tools(), () => {
      opened += 1;
    });
    await breaker.open('order-orphan', 'one');
    await breaker.open('order-duplicate', 'two');
    expect(opened).toBe(1);
    await closeBreaker(table);
    await breaker.open('order-orphan', 'three');
    expect(opened).toBe(2);
  });

  it('keeps what it is about, and what the person said who stopped it', async () => {
    await closeBreaker(table);
    await createBreaker(tools()).open('stopped-by-caller', 'role/on-call', 'prices look wrong');
    expect(await readControl(table, ceiling)).toMatchObject({
      settingsReason: 'test',
      breaker: { reason: 'stopped-by-caller', reference: 'role/on-call', note: 'prices look wrong' },
    });
  });
});
