import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import { askBadly } from '../support/ask-badly.ts';
import { fixedBadBodies, goodOrder as good } from '../support/bad-bodies.ts';
import { useLocalService } from '../support/local-service.ts';
import { tries } from '../support/thorough.ts';

const bodies = tries(2_000, 10_000);
const underTest = useLocalService({ freeze: false });

const badQuantity = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 101, 1e21, '1', '١', null, true, -0),
  fc.double({ max: 0.999, noNaN: true }),
  fc.integer({ min: 101 }),
  fc.string(),
);
const badPrice = fc.oneof(
  fc.constantFrom(
    2.5,
    '0',
    '-1',
    '+2',
    '1e1',
    'NaN',
    'Infinity',
    '2,50',
    '٢',
    ' 2.50',
    '2.505',
    '9'.repeat(40),
    null,
    '',
  ),
  fc.double(),
  fc.string().filter((text) => !/^\d+(\.\d{1,2})?$/.test(text)),
);
const badName = fc
  .oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'side', 'Quantity', 'price '))
  .filter((name) => !(name in good) && name !== 'timeInForce');

/** A good order with something spoilt in it, or no order at all. */
const badBody = fc.oneof(
  badQuantity.map((quantity) => JSON.stringify({ ...good, quantity })),
  badPrice.map((price) => JSON.stringify({ ...good, price })),
  fc
    .jsonValue()
    .filter((type) => type !== 'limit')
    .map((type) => JSON.stringify({ ...good, type, price: '2.50' })),
  fc
    .jsonValue()
    .filter((market) => market !== 'chat-prime')
    .map((market) => JSON.stringify({ ...good, market })),
  fc.string().map((timeInForce) => JSON.stringify({ ...good, timeInForce: `${timeInForce}!` })),
  fc.tuple(badName, fc.jsonValue()).map(([name, value]) => {
    const text = JSON.stringify(good).slice(0, -1);
    return `${text},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
  }),
  fc.constantFrom(...Object.keys(good)).map((name) => JSON.stringify({ ...good, [name]: undefined })),
  fc.constantFrom(...Object.entries(good)).map(([name, value]) => {
    const text = JSON.stringify(good).slice(0, -1);
    return `${text},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
  }),
  fc.nat({ max: JSON.stringify(good).length - 1 }).map((length) => JSON.stringify(good).slice(0, length)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 4097, max: 6000 }).map((length) => JSON.stringify({ ...good, note: 'x'.repeat(length) })),
);

it(`${fixedBadBodies.length} fixed and ${bodies} generated bad bodies: always 4xx with a problem document, never a record, never an order`, async () => {
  const { stack, exchange } = underTest().service;
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const samples = [...fixedBadBodies, ...fc.sample(badBody, { numRuns: bodies, seed })];
  expect(new Set(fixedBadBodies).size).toBeGreaterThanOrEqual(200);
  const wrong = await askBadly(stack, 'PlaceOrder', 'POST /orders', samples);
  expect(wrong.slice(0, 3), `replay with SEED=${seed}`).toEqual([]);
  expect(exchange.admin.truth().orders.accepted).toBe(0);
  expect(exchange.admin.truth().calls.requests).toBe(0);
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const [TableName = ''] = stack.tableNames.values();
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName }));
  expect(items.map((item) => item['pk']?.S)).toEqual(['SETTINGS', 'SETTINGS#HISTORY']);
  client.destroy();
}, 120_000);
