import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../support/faulty-dynamodb.ts';
import { useLocalService } from '../support/local-service.ts';

const writing = ['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const reading = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'];

/** Lets everything through, and counts it. */
let way: FaultyDynamoDb | undefined;
const underTest = useLocalService({
  connect: async ({ dynamoDb, secretsManager }) => {
    const counting = await startFaultyDynamoDb(dynamoDb.endpoint);
    way = counting;
    return {
      accessOf: () => ({
        credentials: dynamoDb.credentials,
        dynamoDbEndpoint: counting.endpoint,
        secretsManagerEndpoint: secretsManager.endpoint,
      }),
      close: () => counting.close(),
    };
  },
});

const sumOf = (operations: readonly string[]): number =>
  operations.reduce((sum, operation) => sum + (way?.arrived(operation) ?? 0), 0);

/** How many requests a piece of work has made. */
async function countsOf(work: () => Promise<unknown>) {
  const count = () => {
    const { requests, orderPosts } = underTest().service.exchange.admin.truth().calls;
    return { reads: sumOf(reading), writes: sumOf(writing), signed: requests, posts: orderPosts };
  };
  const before = count();
  await work();
  const after = count();
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    signed: after.signed - before.signed,
    posts: after.posts - before.posts,
  };
}

let keys = 0;
async function placeOrder(price = '2.50'): Promise<void> {
  keys += 1;
  const order = { market: 'chat-prime', type: 'limit', quantity: 1, price };
  const { status } = await underTest().service.api.placeOrder(`counted-order-number-${keys}`, order);
  expect(status).toBe(201);
}

async function check(): Promise<void> {
  expect(await underTest().service.stack.fireSchedule()).toMatchObject({ ok: true });
}

beforeAll(async () => {
  const { admin } = underTest().service.exchange;
  admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  admin.grantUnits({ instrument: 'chat-prime', units: 500 });
  // What is read once in the life of a process has been read.
  await placeOrder();
  for (let round = 0; round < 3; round += 1) await check();
});

describe('how often others are asked', () => {
  it('for an order, a moment after another: three writes of the table, and exactly one request to the exchange', async () => {
    expect(await countsOf(() => placeOrder())).toEqual({ reads: 0, writes: 3, signed: 1, posts: 1 });
    await check();
  });

  it('for a balance check with nothing to do: at most five signed requests', async () => {
    const { signed, posts, writes } = await countsOf(check);
    expect(posts).toBe(0);
    expect(signed).toBeLessThanOrEqual(5);
    expect(writes).toBeLessThanOrEqual(4);
  });

  it('for a balance check with a dozen open orders: as many reads of the table as with one', async () => {
    const patiently = '1.00';
    await placeOrder(patiently);
    await check();
    const { reads } = await countsOf(check);
    for (let count = 2; count <= 12; count += 1) await placeOrder(patiently);
    await check();
    expect((await countsOf(check)).reads).toBe(reads);
  });
});
