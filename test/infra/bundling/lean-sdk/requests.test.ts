import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../../../support/faulty-dynamodb.ts';
import { startOrderTable, type TestTable } from '../../../support/order-table.ts';
import { bundleSource } from '../../support/bundle-source.ts';
import { runNode } from '../../support/run-node.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let table: TestTable;
let way: FaultyDynamoDb;
let bundle: string;

beforeAll(async () => {
  table = await startOrderTable('extenddb');
  way = await startFaultyDynamoDb(table.endpoint);
  // What the functions do with a client, through the bundled SDK.
  bundle = await bundleSource(
    temporaryFolder(),
    `import { GetItemCommand } from '@aws-sdk/client-dynamodb';
     import { dynamoDbClient } from './shared/aws/clients.ts';
     import { readItems } from './shared/store/read-items.ts';
     import { writeTogether } from './shared/store/transactions.ts';
     const [key, condition] = process.argv.slice(2);
     const client = dynamoDbClient();
     const tools = { client, tableName: 'orders', clock: { wait: async () => {} }, random: () => 0 };
     const pk = { S: key }, sk = { S: 'v0' };
     const answer = async () => {
       const written = await writeTogether(tools, [{ Put: {
         TableName: 'orders', Item: { pk, sk, units: { N: '12345678901234567890' }, text: { S: 'ä€😀"\\\\' } },
         ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
         ...(condition === undefined ? {} : { ConditionExpression: condition }),
       } }]);
       const read = await client.send(new GetItemCommand({ TableName: 'orders', Key: { pk, sk }, ConsistentRead: true }));
       const [listed, ...more] = await readItems(tools, [{ pk: { S: 'nobody' }, sk }, { pk, sk }]);
       if (more.length > 0 || JSON.stringify(listed) !== JSON.stringify(read.Item)) throw new Error('They differ.');
       return { written, item: read.Item };
     };
     const said = await answer().catch(({ name, code }) => ({ name, code }));
     console.log(JSON.stringify(said));
     process.exit(0);`,
  );
});
afterAll(async () => {
  await way.close();
  await table.close();
});

async function write(key: string, condition?: string): Promise<unknown> {
  const { stdout, stderr } = await runNode([bundle, key, ...(condition === undefined ? [] : [condition])], {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: table.options.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: table.options.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: way.endpoint,
  });
  expect(stderr).toBe('');
  return v.parse(v.pipe(v.string(), v.parseJson()), stdout);
}

const item = (key: string) => ({
  pk: { S: key },
  sk: { S: 'v0' },
  units: { N: '12345678901234567890' },
  text: { S: 'ä€😀"\\' },
});

/** ExtendDB checks signatures, so an answer at all means that the request was signed. */
describe('the bundled SDK', () => {
  it('writes and reads what it is given, exactly', async () => {
    expect(await write('plain')).toEqual({ written: { kind: 'written' }, item: item('plain') });
  });

  it.each(['reset-before', 'throttle', 'fail-after', 'lose-answer'] as const)(
    'tries again (%s), with the same token, so that it takes effect once',
    async (fault) => {
      const before = way.arrived('TransactWriteItems');
      way.plan('TransactWriteItems', fault);
      const wanted = { written: { kind: 'written' }, item: item(fault) };
      // A second write under another token would be refused by the condition.
      expect(await write(fault, 'attribute_not_exists(pk)')).toEqual(wanted);
      const arrivals = fault === 'fail-after' || fault === 'lose-answer' ? 2 : 1;
      expect(way.arrived('TransactWriteItems') - before).toBe(arrivals);
    },
  );

  it('gives up after three attempts, and names the error', async () => {
    way.plan('TransactWriteItems', 'throttle', 'throttle', 'throttle', 'throttle');
    const name = 'StoreUnavailableError';
    expect(await write('busy')).toEqual({ name, code: 'ProvisionedThroughputExceededException' });
    way.plan('TransactWriteItems', 'reset-before', 'reset-before', 'reset-before', 'reset-before');
    expect(await write('gone')).toMatchObject({ name });
    way.plan('TransactWriteItems');
  });

  it('tells why a transaction was refused, with the item that is there', async () => {
    await write('taken');
    expect(await write('taken', 'attribute_not_exists(pk)')).toEqual({
      written: { kind: 'refused', reasons: [expect.objectContaining({ Item: item('taken') })] },
      item: item('taken'),
    });
  });
});
