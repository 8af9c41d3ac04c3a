import fc from 'fast-check';
import type { HttpResult } from '../../../../shared/transport/transport.ts';

const names = [
  'data',
  'paging',
  'meta',
  'pagination',
  'next_cursor',
  'has_more',
  'offset',
  'limit',
  'total',
  'page',
  'total_pages',
  'order_id',
  'id',
  'account_id',
  'instrument_id',
  'market_id',
  'trade_id',
  'transfer_id',
  'client_order_id',
  'currency',
  'status',
  'side',
  'quantity',
  'filled_quantity',
  'remaining_quantity',
  'price',
  'fee',
  'available_balance',
  'uncommitted_balance',
  'committed_balance',
  'total_balance',
  'locked_balance',
  'sell',
  'buy',
  'asks',
  'bids',
  'instruments',
  'associated_instruments',
  'order_rate_limits',
  'max_orders_per_second',
  'submitted_at',
  'errors',
  'error',
  'code',
  'detail',
  '__proto__',
  'constructor',
];

const anyNumber = fc.oneof(
  fc.integer({ min: -3, max: 10_000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.constantFrom('0', '5', '2.50', '1e9', '1e999', '0.1234567890123456789'),
);

/** Of any code points. (fast-check's own unit for them takes a second and a half to set up.) */
const codePoint = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));
const anyText = fc.string({ unit: codePoint, maxLength: 8 });

/** JSON as text, so that its numbers can be any that JSON allows. */
const anyJson = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(
      'null',
      'true',
      'false',
      '""',
      '"usd"',
      '"active"',
      '"closed"',
      '"order_1"',
      '"NaN"',
      '"٣"',
      '"\\ud800"',
    ),
    anyNumber,
    anyNumber.map((text) => JSON.stringify(text)),
    anyText.map((text) => JSON.stringify(text)),
    tie('object'),
    tie('list'),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 7 })
    .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  list: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
}));

/** Rows that are right but for some of their fields. */
const nearlyRow = fc
  .record(
    {
      account_id: fc.constantFrom('"a"', '"b"'),
      instrument_id: fc.constantFrom('"i"', '"j"'),
      market_id: fc.constant('"m"'),
      order_id: fc.constant('"order_1"'),
      trade_id: fc.constant('"t"'),
      currency: fc.constant('"usd"'),
      status: fc.constantFrom('"active"', '"closed"', '"filled"', '"constructor"'),
      quantity: fc.oneof(fc.constantFrom('1', '"2"'), anyJson.value),
      filled_quantity: fc.oneof(fc.constantFrom('0', '"1"'), anyJson.value),
      price: fc.oneof(fc.constant('"2.50"'), anyJson.value),
      available_balance: fc.oneof(
        { weight: 3, arbitrary: anyNumber },
        { weight: 1, arbitrary: anyJson.value },
      ),
      total_balance: fc.oneof({ weight: 3, arbitrary: anyNumber }, { weight: 1, arbitrary: anyJson.value }),
      committed_balance: anyNumber,
      sell: fc.constantFrom('[]', '[["2.5",1]]', '{}'),
      buy: fc.constantFrom('[]', '[{"price":"1","quantity":2}]'),
    },
    { requiredKeys: ['account_id', 'instrument_id', 'currency'] },
  )
  .map(
    (row) =>
      `{${Object.entries(row)
        .map(([name, value]) => `"${name}":${value}`)
        .join(',')}}`,
  );

/** A row of a consumption account whose balances are all plain decimals. */
const plainDecimal = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000 }), fc.constantFrom('', '.5', '.00000001', '.123456789'))
  .chain(([whole, fraction]) => fc.constantFrom(`${whole}${fraction}`, `"${whole}${fraction}"`));
const anyBalances = fc.record(
  {
    available_balance: plainDecimal,
    uncommitted_balance: plainDecimal,
    committed_balance: plainDecimal,
    total_balance: fc.oneof(plainDecimal, fc.constantFrom('null', '"?"', '-1')),
  },
  { requiredKeys: [] },
);

/** A list of consumption accounts, most of them readable. */
export const anyAccountList = fc.array(anyBalances, { maxLength: 3 }).map((accounts) => {
  const rows = accounts.map((balances, at) => {
    const fields = Object.entries(balances).map(([name, value]) => `,"${name}":${value}`);
    return `{"account_id":"account-${at}","instrument_id":"i"${fields.join('')}}`;
  });
  return `{"data":[${rows.join(',')}]}`;
});

const anyPaging = fc.constantFrom(
  '',
  ',"paging":{"next_cursor":null,"has_more":false}',
  ',"paging":{"next_cursor":"c"}',
  ',"paging":{"next_cursor":"\\ud800"}',
  ',"paging":{"has_more":true}',
  ',"meta":{"page":1,"total_pages":2}',
);
const nearlyList = fc
  .tuple(fc.array(nearlyRow, { maxLength: 3 }), anyPaging)
  .map(([rows, paging]) => `{"data":[${rows.join(',')}]${paging}}`);

export const anyBody = fc.oneof(
  { weight: 4, arbitrary: nearlyList },
  { weight: 3, arbitrary: nearlyRow.map((row) => `{"data":${row}}`) },
  { weight: 3, arbitrary: anyJson.value },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
  },
  { weight: 1, arbitrary: nearlyList.map((text) => text.slice(0, -1)) },
);

export const anyStatus = fc.oneof(
  { weight: 6, arbitrary: fc.constant(200) },
  { weight: 1, arbitrary: fc.constantFrom(201, 204, 307, 400, 401, 403, 404, 408, 429, 500, 503) },
);
export const anyHeaders = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom('date', 'retry-after', 'x-ratelimit-reset'),
      fc.oneof(
        fc.string(),
        anyNumber,
        fc.constantFrom('Thu, 01 Jan 1960 00:00:00 GMT', 'Mon, 23 Nov 2026 13:00:00 GMT'),
      ),
    ),
  },
);
/** Answers of all kinds: right, nearly right, and not even JSON. */
export const anyAnswer: fc.Arbitrary<HttpResult> = fc
  .tuple(anyStatus, anyBody, anyHeaders)
  .map(([status, body, headers]) => ({ kind: 'answer', status, body, headers }));
