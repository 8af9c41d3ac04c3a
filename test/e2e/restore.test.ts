import { type AttributeValue, DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectWithPermissions } from '../../local/permissions/connect-with-permissions.ts';
import type { LocalStack } from '../../local/runner/local-stack.ts';
import { startStack } from '../../local/runner/start-stack.ts';
import { type ApiClient, createApiClient } from '../../local/service/api-client.ts';
import { ensureSigningKey } from '../../local/service/signing-key.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { budgetPeriodsAt } from '../../shared/ledger/budget.ts';
import type { Order } from '../../shared/orders/order.ts';
import { readBudget, readControl } from '../../shared/store/control-store.ts';
import { getOrder } from '../../shared/store/order-queries.ts';
import { createOrderStore } from '../../shared/store/order-store.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { checkAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';
import { startProgram } from '../support/run-program.ts';
import { usd } from '../support/sample-order.ts';

type Item = Record<string, AttributeValue>;

const underTest = useLocalService({ modes: { clientOrderIds: 'accept' } });
const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };
const resting = { ...order, price: '1.00' };
const ceiling = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };
const keys = {
  before: 'placed-before-the-backup',
  meanwhile: 'recorded-and-sent-meanwhile',
  after: 'placed-after-the-backup',
  resting: 'resting-since-the-backup',
};

/** The stack on the restored table. */
let restored: LocalStack;
let api: ApiClient;
let takenAt: Date;
afterAll(() => restored.close());

const tableOf = (stack: LocalStack) => {
  const [tableName = ''] = stack.tableNames.values();
  const { endpoint, region, credentials } = stack.dynamoDb;
  return { client: new DynamoDBClient({ endpoint, region, credentials }), tableName };
};

/** A tool of ours against the restored table. */
async function tool(file: string, ...args: string[]): Promise<string> {
  const { endpoint, credentials } = restored.dynamoDb;
  const { stdout, stderr, exitCode } = await startProgram(
    file,
    [...args, '--table', tableOf(restored).tableName],
    process.cwd(),
    {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: restored.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  ).result;
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return stdout;
}

async function allItems(stack: LocalStack): Promise<Item[]> {
  const { client, tableName } = tableOf(stack);
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName: tableName })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

const idOf = (answer: { readonly body: unknown }): string =>
  v.parse(v.object({ id: v.string() }), answer.body).id;

async function check(stack: LocalStack) {
  const result = await stack.fireSchedule();
  if (!result.ok) throw new Error(result.error.errorMessage);
  return v.parse(checkAnswer, result.payload);
}

const truth = () => underTest().service.exchange.admin.truth();
const dayOf = (stack: LocalStack) => readBudget(tableOf(stack), budgetPeriodsAt(Date.now()).day);

/** What the record of an order was before it was claimed. */
function asRecorded(sent: Order): Order {
  return {
    ...sent,
    state: 'PENDING',
    version: 1,
    confirmed: false,
    reserved: sent.reserved + sent.spent,
    spent: 0n,
    filledQuantity: 0n,
    averagePrice: undefined,
    exchangeOrderId: undefined,
    matchedBy: undefined,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    settledAt: undefined,
    reason: undefined,
  };
}

/** Buys, takes a backup in the middle of an order, buys more, and starts the stack anew on the backup. */
beforeAll(async () => {
  const { service } = underTest();
  const { stack, exchange } = service;
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  expect((await service.api.placeOrder(keys.before, order)).status).toBe(201);
  const items = await allItems(stack);
  takenAt = new Date();

  const meanwhile = idOf(await service.api.placeOrder(keys.meanwhile, order));
  expect((await service.api.placeOrder(keys.after, order)).status).toBe(201);
  expect((await service.api.placeOrder(keys.resting, resting)).status).toBe(201);
  await check(stack);
  const sent = await getOrder(tableOf(stack), meanwhile);
  if (sent === undefined) throw new Error('There is no record of the order.');
  await check(stack);

  const { callerCredentials: callers } = stack;
  const readers = callers.slice(0, 1).map(({ userArn }) => userArn);
  restored = await startStack({
    connect: connectWithPermissions(),
    assemblyDirectory,
    engine: 'dynoxide',
    callers,
    schedules: 'off',
    environment: {
      [environmentNames.readers]: JSON.stringify(readers),
      [environmentNames.exchangeUrl]: exchange.url,
    },
  });
  const [secretArn = ''] = restored.secretArns.values();
  exchange.admin.addKey({
    publicKey: (await ensureSigningKey(restored.secretsManager, secretArn)).publicKey,
  });
  const { client, tableName } = tableOf(restored);
  for (const Item of items) await client.send(new PutItemCommand({ TableName: tableName, Item }));
  const store = createOrderStore({ client, tableName, ceiling, clock: systemClock, random: Math.random });
  const control = await readControl({ client, tableName }, ceiling);
  expect(await store.create(asRecorded(sent), control)).toEqual({ kind: 'created' });
  const [caller] = callers;
  if (caller === undefined) throw new Error('There is no caller.');
  api = createApiClient(restored.apiUrl, restored.region, caller);
});

describe('a table that was restored from a backup', () => {
  it('is prepared: nothing is bought, whoever asks, also what was asked before', async () => {
    const said = await tool('local/restore/main.ts', '--restored-to', takenAt.toISOString());
    expect(said).toContain('The breaker is open');
    expect(said).toContain('recorded and perhaps sent: 1');
    await tool('local/control/main.ts', 'paused', '--reason', 'restored');
    const { orderPosts } = truth().calls;
    for (const key of [keys.after, keys.resting, 'a-new-key-after-restoring']) {
      expect(await api.placeOrder(key, order)).toMatchObject({ status: 423, body: { code: 'stopped' } });
    }
    expect(truth().calls.orderPosts).toBe(orderPosts);
  });

  it('gets the orders back that the exchange has, with their money', async () => {
    expect((await check(restored)).audit).toMatchObject({ complete: true, adopted: 3 });
    expect((await check(restored)).orders).toHaveLength(3);
    expect((await check(restored)).audit).toEqual({
      complete: true,
      adopted: 0,
      orphans: 0,
      duplicates: 0,
      late: 0,
      foreign: 0,
    });
    expect(await dayOf(restored)).toEqual(await dayOf(underTest().service.stack));
    const of = async (key: string, body: object) => {
      const { status, body: said } = await api.placeOrder(key, body);
      return { status, said };
    };
    for (const key of [keys.before, keys.meanwhile, keys.after]) {
      expect(await of(key, order)).toMatchObject({ status: 200, said: { state: 'FILLED', quantity: 1 } });
    }
    expect(await of(keys.resting, resting)).toMatchObject({ status: 200, said: { state: 'OPEN' } });
  });

  it('buys again when an administrator has closed the breaker, and nothing twice', async () => {
    const { accepted } = truth().orders;
    await tool('local/control/main.ts', 'close-breaker');
    await tool('local/control/main.ts', 'live', '--yes', '--reason', 'compared with the exchange');
    const { instruments } = await check(restored);
    expect(instruments).toMatchObject([{ result: 'enough' }]);
    expect(await tool('local/control/main.ts', 'show')).toContain('Breaker: closed');
    for (const key of [keys.before, keys.meanwhile, keys.after]) {
      expect((await api.placeOrder(key, order)).status).toBe(200);
    }
    expect(truth().orders.accepted).toBe(accepted);
    expect((await api.placeOrder('a-new-key-after-restoring', order)).status).toBe(201);
    expect(truth().orders.accepted).toBe(accepted + 1);
  });
});
