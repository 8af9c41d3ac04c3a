import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoDbClientAt, type TableClient } from '../../../shared/aws/clients.ts';
import { moveOrder } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { readControl } from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { administer } from '../../support/administrator.ts';
import { type DecidingStore, decidingNow } from '../../support/deciding-store.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const limits = { perOrder: 10n ** 20n, perDay: 10n ** 20n, perMonth: 10n ** 20n, ordersPerHour: 1_000n };
let table: TestTable;
let way: FaultyDynamoDb;
let client: TableClient;
let store: DecidingStore;
let count = 0;

beforeAll(async () => {
  table = await startOrderTable('extenddb');
  way = await startFaultyDynamoDb(table.endpoint);
  client = dynamoDbClientAt({ ...table.options, endpoint: way.endpoint });
  const tools = {
    client,
    tableName: table.tableName,
    ceiling: limits,
    clock: createVirtualClock(),
    random: () => 0,
  };
  store = decidingNow(createOrderStore(tools), () => readControl(tools, limits));
  await administer(tools, { mode: 'LIVE' });
});
afterAll(async () => {
  client.destroy();
  await way.close();
  await table.close();
});

let order: Order;
beforeEach(() => {
  count += 1;
  order = sampleOrder({
    orderId: `g1a-${'abcdefghij'.charAt(count).padEnd(26, 'q')}`,
    state: 'PENDING',
    version: 1,
    exchangeOrderId: undefined,
  });
});

const submit = () => moveOrder(order, { state: 'SUBMITTED' }, testEpoch);

describe("DynamoDB's answers get lost", () => {
  it.each(['lose-answer', 'fail-after'] as const)(
    'an order is recorded once, with one history (%s)',
    async (fault) => {
      const before = way.arrived('TransactWriteItems');
      way.plan('TransactWriteItems', fault);
      expect(await store.create(order)).toEqual({ kind: 'created' });
      expect(way.arrived('TransactWriteItems') - before).toBe(2);
      expect(await store.history(order.orderId)).toHaveLength(1);
    },
  );

  it.each(['lose-answer', 'fail-after'] as const)(
    'a claim that took effect is known to be ours (%s)',
    async (fault) => {
      await store.create(order);
      way.plan('TransactWriteItems', fault);
      expect(await store.update(order, submit())).toBe('written');
      expect(await store.update(order, submit())).toBe('stale');
      expect(await store.get(order.orderId)).toMatchObject({ state: 'SUBMITTED', version: 2 });
    },
  );

  it('a claim without any answer is in doubt, and says so', async () => {
    await store.create(order);
    way.plan('TransactWriteItems', 'lose-answer', 'lose-answer', 'lose-answer');
    await expect(store.update(order, submit())).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await store.get(order.orderId)).toMatchObject({ state: 'SUBMITTED', version: 2 });
  });

  it('conflicts, throttles and resets pass, and leave one record', async () => {
    way.plan('TransactWriteItems', 'conflict', 'reset-before', 'throttle', 'conflict');
    expect(await store.create(order)).toEqual({ kind: 'created' });
    expect(await store.history(order.orderId)).toHaveLength(1);
  });

  it('a storm of conflicts ends, with nothing written', async () => {
    way.plan('TransactWriteItems', ...Array.from({ length: 12 }, () => 'conflict' as const));
    await expect(store.create(order)).rejects.toBeInstanceOf(StoreUnavailableError);
    way.plan('TransactWriteItems');
    expect(await store.get(order.orderId)).toBeUndefined();
  });
});
