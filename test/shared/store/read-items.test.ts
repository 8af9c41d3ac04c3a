import {
  type BatchGetItemCommand,
  BatchWriteItemCommand,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbClientAt, type TableClient } from '../../../shared/aws/clients.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { type Item, itemKey } from '../../../shared/store/item.ts';
import { type ManyItemsTools, readItems } from '../../../shared/store/read-items.ts';
import { SimulatedTable } from '../../simulation/store/simulated-table.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../support/faulty-dynamodb.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const keyOf = (number: number): Item => itemKey(`NUMBER#${number}`);
const itemOf = (number: number): Item => ({ ...keyOf(number), text: { S: `number ${number}` } });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe.each(['extenddb', 'dynoxide'] as const)('many items of a real table (%s)', (engine) => {
  const there = upTo(250);
  let table: TestTable;
  let way: FaultyDynamoDb;
  let client: TableClient;
  let tools: ManyItemsTools;
  beforeAll(async () => {
    table = await startOrderTable(engine);
    way = await startFaultyDynamoDb(table.endpoint);
    client = dynamoDbClientAt({ ...table.options, endpoint: way.endpoint });
    const { tableName } = table;
    tools = { client, tableName, clock: createVirtualClock(), random: () => 0.5 };
    for (let first = 0; first < there.length; first += 25) {
      const writes = there
        .slice(first, first + 25)
        .map((number) => ({ PutRequest: { Item: itemOf(number) } }));
      await table.client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: writes } }));
    }
  });
  afterAll(async () => {
    client.destroy();
    await way.close();
    await table.close();
  });

  /** Reads, and counts the requests that have reached the engine. */
  async function read(keys: readonly Item[]) {
    const before = way.arrived('BatchGetItem');
    const items = await readItems(tools, keys);
    return { items, requests: way.arrived('BatchGetItem') - before };
  }

  it('come in the order of their keys, once, without those that are gone, a hundred a request', async () => {
    const numbers = [...there.toReversed(), 1_000, 7, 1_001, 9];
    const { items, requests } = await read(numbers.map(keyOf));
    expect(items).toEqual(there.toReversed().map(itemOf));
    expect(requests).toBe(3);
  });

  it('are found by what an index gives beside their keys', async () => {
    const ofIndex = [3, 1, 2].map((number) => ({ ...keyOf(number), work: { S: 'OPEN' }, dueAt: { N: '1' } }));
    expect(await read(ofIndex)).toEqual({ items: [3, 1, 2].map(itemOf), requests: 1 });
  });

  it('take no request where there are no keys', async () => {
    expect(await read([])).toEqual({ items: [], requests: 0 });
  });

  it('are all there when some of them are left for later', async () => {
    way.plan('BatchGetItem', 'leave-half', 'leave-half', 'leave-half');
    const { items, requests } = await read(there.map(keyOf));
    expect(items).toEqual(there.map(itemOf));
    expect(requests).toBe(3 + 3);
  });

  it.each(['throttle', 'reset-before', 'fail-after', 'lose-answer'] as const)(
    'are read again when that fails (%s)',
    async (fault) => {
      way.plan('BatchGetItem', fault);
      expect((await read(there.map(keyOf))).items).toEqual(there.map(itemOf));
    },
  );

  it.each(['throttle', 'lose-answer'] as const)(
    'are not taken for gone when they cannot be read (%s)',
    async (fault) => {
      way.plan('BatchGetItem', ...Array.from({ length: 3 }, () => fault));
      await expect(read(there.map(keyOf))).rejects.toBeInstanceOf(StoreUnavailableError);
      way.plan('BatchGetItem');
    },
  );

  it('are not taken for gone when they are left for later again and again', async () => {
    const before = way.arrived('BatchGetItem');
    way.plan('BatchGetItem', ...Array.from({ length: 9 }, () => 'leave-half' as const));
    await expect(read([keyOf(1)])).rejects.toThrow('The order store is unavailable (UnprocessedKeys).');
    way.plan('BatchGetItem');
    expect(way.arrived('BatchGetItem') - before).toBe(4);
  });
});

/** A table that leaves keys for later as it is told, in the order in which it comes to them. */
function hesitant(present: ReadonlySet<number>, leaves: readonly boolean[]) {
  const table = new SimulatedTable();
  for (const number of present) table.put(itemOf(number));
  const clock = createVirtualClock();
  const requests: KeysAndAttributes[] = [];
  let looked = 0;
  const isLeft = (): boolean => {
    looked += 1;
    return leaves[looked % leaves.length] === true;
  };
  const send = async ({ input }: BatchGetItemCommand) => {
    const request = input.RequestItems?.['orders'] ?? { Keys: [] };
    requests.push(request);
    const left = request.Keys?.filter(isLeft) ?? [];
    const given = request.Keys?.filter((key) => !left.includes(key)).map((key) => table.get(key)) ?? [];
    return {
      Responses: { orders: given.filter((item) => item !== undefined).toReversed() },
      ...(left.length === 0 ? {} : { UnprocessedKeys: { orders: { Keys: left.toReversed() } } }),
    };
  };
  const client = { send } as unknown as ManyItemsTools['client'];
  const tools: ManyItemsTools = { client, tableName: 'orders', clock, random: () => 1 };
  return { tools, requests, waited: () => clock.now() - testEpoch };
}

describe('many items', () => {
  it('are those that are there, or an error, whatever is left for later in whatever order', async () => {
    const number = fc.integer({ min: 0, max: 400 });
    const seen = { whole: 0, failed: 0, repeated: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(number, { maxLength: 450 }),
        fc.uniqueArray(number),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        async (asked, absent, leaves) => {
          const present = new Set(upTo(401).filter((one) => !absent.includes(one)));
          const { tools, requests } = hesitant(present, leaves);
          const outcome = await readItems(tools, asked.map(keyOf)).catch((error: unknown) => error);
          const distinct = [...new Set(asked)];
          const batches = Math.ceil(distinct.length / 100);
          if (outcome instanceof StoreUnavailableError) {
            expect(leaves).toContain(true);
            seen.failed += 1;
          } else {
            expect(outcome).toEqual(distinct.filter((one) => present.has(one)).map(itemOf));
            seen.whole += 1;
          }
          expect(requests.length).toBeLessThanOrEqual(4 * batches);
          if (requests.length > batches) seen.repeated += 1;
        },
      ),
    );
    expect(Math.min(seen.whole, seen.failed, seen.repeated)).toBeGreaterThan(0);
  });

  it('are asked for as DynamoDB takes it: strongly consistent, a hundred at most, none twice', async () => {
    const { tools, requests } = hesitant(new Set(), [false, true]);
    await readItems(tools, [...upTo(230), ...upTo(120)].map(keyOf)).catch(() => undefined);
    expect(requests.length).toBeGreaterThan(1);
    for (const { Keys = [], ConsistentRead } of requests) {
      expect(ConsistentRead).toBe(true);
      expect(Keys.length).toBeLessThanOrEqual(100);
      expect(new Set(Keys.map((key) => JSON.stringify(key))).size).toBe(Keys.length);
    }
  });

  it('that are left for later are waited for longer each time, four times at most', async () => {
    const { tools, requests, waited } = hesitant(new Set(upTo(150)), [true]);
    await expect(readItems(tools, upTo(150).map(keyOf))).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(requests.map(({ Keys = [] }) => Keys.length)).toEqual([100, 100, 100, 100]);
    expect(waited()).toBe(100 + 200 + 400);
  });

  it('that cannot be read are told by the name of the error only', async () => {
    const send = async (): Promise<never> => {
      throw Object.assign(new Error('secret'), { name: 'AccessDeniedException' });
    };
    const client = { send } as ManyItemsTools['client'];
    const tools: ManyItemsTools = {
      client,
      tableName: 'orders',
      clock: createVirtualClock(),
      random: () => 1,
    };
    await expect(readItems(tools, [keyOf(1)])).rejects.toThrow(
      'The order store is unavailable (AccessDeniedException).',
    );
  });
});
