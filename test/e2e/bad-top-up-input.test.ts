import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import { askBadly } from '../support/ask-badly.ts';
import { useLocalService } from '../support/local-service.ts';

const runs = 400;
const underTest = useLocalService({ freeze: false });
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const good = { market: 'chat-prime', units: '12.5', neededFrom: inHours(2), neededUntil: inHours(4) };
const asTokens = { ...good, units: undefined };
const goodText = JSON.stringify(good);

const badUnits = fc.oneof(
  fc.constantFrom(
    0,
    12.5,
    '0',
    '-1',
    '+1',
    '1e1',
    '12,5',
    ' 1',
    '٢',
    '1000.00000001',
    '0.000000001',
    '',
    null,
  ),
  fc.double(),
  fc.string().filter((text) => !/^\d+(\.\d{1,8})?$/.test(text)),
);
const badTokens = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 1e21, 1_000_000_001, '1', null, true),
  fc.double({ max: 0.999, noNaN: true }),
  fc.integer({ max: 0 }),
);
const badTime = fc.oneof(
  fc.constantFrom(
    'tomorrow',
    '2026-11-23',
    '2026-11-23T18:00:00',
    '2027-02-30T18:00:00Z',
    '+275760-09-13T00:00:00Z',
    0,
    null,
    '',
  ),
  fc.string().filter((text) => !/^\d{4}-/.test(text)),
  fc.integer(),
);
/** Windows of the right form that end too early, last too long or are too far away. */
const badWindow = fc
  .tuple(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -2_000, max: 2_000 }))
  .filter(([from, until]) => until < 0 || until <= from || until - from > 24 || from > 720)
  .map(([from, until]) => ({ neededFrom: inHours(from), neededUntil: inHours(until) }));
const more = fc
  .tuple(
    fc
      .oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'quantity', 'Units', 'price'))
      .filter((name) => !(name in good) && name !== 'tokens'),
    fc.jsonValue(),
  )
  .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}}`);

const badReservation = fc.oneof(
  badUnits.map((units) => JSON.stringify({ ...good, units })),
  badTokens.map((tokens) => JSON.stringify({ ...asTokens, tokens })),
  fc.constant(JSON.stringify({ ...good, tokens: 1 })),
  badTime.map((neededFrom) => JSON.stringify({ ...good, neededFrom })),
  badTime.map((neededUntil) => JSON.stringify({ ...good, neededUntil })),
  badWindow.map((window) => JSON.stringify({ ...good, ...window })),
  fc
    .jsonValue()
    .filter((market) => market !== 'chat-prime')
    .map((market) => JSON.stringify({ ...good, market })),
  more.map((rest) => `${goodText.slice(0, -1)}${rest}`),
  fc.constantFrom(...Object.keys(good)).map((name) => JSON.stringify({ ...good, [name]: undefined })),
  fc.constantFrom(...Object.entries(good)).map(([name, value]) => {
    return `${goodText.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
  }),
  fc.nat({ max: goodText.length - 1 }).map((length) => goodText.slice(0, length)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 4097, max: 6000 }).map((length) => JSON.stringify({ ...good, note: 'x'.repeat(length) })),
);

const badCheck = fc
  .oneof(
    fc
      .jsonValue()
      .filter((market) => market !== 'chat-prime')
      .map((market) => JSON.stringify({ market })),
    fc
      .jsonValue()
      .filter((refused) => typeof refused !== 'boolean')
      .map((refused) => JSON.stringify({ refused })),
    more.map((rest) => `{"refused":true${rest}`),
    fc.constant('{"refused":true,"refused":false}'),
    fc.json(),
    fc.string({ unit: 'binary' }),
  )
  .filter((body) => body !== '' && body.trim() !== '{}');

let client: DynamoDBClient;
beforeAll(() => {
  client = new DynamoDBClient(clientOptions(underTest().service.stack.dynamoDb));
});
afterAll(() => client.destroy());

async function partitions(): Promise<readonly (string | undefined)[]> {
  const [TableName = ''] = underTest().service.stack.tableNames.values();
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName }));
  return items.map((item) => item['pk']?.S);
}

it.each([
  { logicalId: 'MakeReservation', route: 'POST /reservations', bodies: badReservation },
  { logicalId: 'CheckNow', route: 'POST /checks', bodies: badCheck },
])(
  `$route: ${runs} bad bodies are refused with a problem document, and leave no trace`,
  async ({ logicalId, route, bodies }) => {
    const { stack, exchange } = underTest().service;
    const wrong = await askBadly(stack, logicalId, route, fc.sample(bodies, { numRuns: runs, seed }));
    expect(wrong.slice(0, 3), `replay with SEED=${seed}`).toEqual([]);
    expect(await partitions()).toEqual(['SETTINGS', 'SETTINGS#HISTORY']);
    expect(exchange.admin.truth().calls.requests).toBe(0);
  },
  60_000,
);
