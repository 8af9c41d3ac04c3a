/** An order that is right in every field, for 1 Unit of an instrument of the example stage. */
export const goodOrder = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };
const goodText = JSON.stringify(goodOrder);
/** One byte more than a body may have. */
const tooLong = 4_097;

/** The good order with a field's value written so, as JSON text. */
function written(field: string, value: string): string {
  const others = Object.entries(goodOrder).filter(([name]) => name !== field);
  const fields = others.map(([name, text]) => `"${name}":${JSON.stringify(text)}`);
  return `{${[...fields, `"${field}":${value}`].join(',')}}`;
}

/** The good order with a field more, whatever is there already. */
function withMore(name: string, value: string): string {
  return `${goodText.slice(0, -1)},${name}:${value}}`;
}

const nested = (depth: number, open: string, inner: string, close: string): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const noQuantities = [
  '0',
  '-0',
  '-1',
  '1.5',
  '0.1',
  '0.99999999',
  '101',
  '10001',
  '1e21',
  '1e400',
  '-1e400',
  '9007199254740993',
  'null',
  'true',
  'false',
  '""',
  '"1"',
  '" 1"',
  '"+1"',
  '"0x1"',
  '"1e1"',
  '[]',
  '[1]',
  '{}',
  '{"n":1}',
  // The digit one of other scripts, which some readers take for 1.
  '"١"',
  '"۱"',
  '"१"',
  '"১"',
  '"１"',
  '"𝟏"',
  '"一"',
  '"①"',
  '"¹"',
];

const noPrices = [
  '0',
  '0.0',
  '00',
  '01.5',
  '.5',
  '2.',
  '2.505',
  '2.51',
  '1000000',
  '2.123456789',
  '-2.50',
  '+2.50',
  '−2.50',
  '1e1',
  '1E1',
  '2.5e0',
  '0x2',
  '0b10',
  '2,50',
  '2.5.0',
  '2_5',
  '2 .5',
  ' 2.50',
  '2.50 ',
  '2.50\n',
  '\t2.50',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  '',
  ' ',
  '-',
  '$2.50',
  '2.50 USD',
  '2.50%',
  '2/1',
  '9'.repeat(40),
  // Digits, signs and spaces of other scripts, and what cannot be seen.
  '٢.٥٠',
  '۲.۵۰',
  '२.५०',
  '２.５０',
  '2．50',
  '𝟐.𝟓𝟎',
  '²',
  '2.5\u200b',
  '\u00a02.50',
  '\ufeff2.50',
  '2\u00002',
].map((text) => JSON.stringify(text));

const noWords = [
  '""',
  '" "',
  '"LIMIT"',
  '"Gtc"',
  '"limit "',
  '"stop"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
];
const noTexts = [...noWords, 'null', 'true', '0', '1', '[]', '["limit"]', '{}', '"\\ud800"', '"\\u0000"'];

const strangeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'side',
  'Quantity',
  'QUANTITY',
  'price ',
  ' price',
  'time_in_force',
  'client_order_id',
  'idempotencyKey',
  '',
  '0',
  'market_id',
  'limit',
  'note',
  'quantity\u0000',
  'quаntity',
  'price\u200b',
].map((name) => JSON.stringify(name));

const twiceNamed = [
  ...Object.entries(goodOrder).map(([name, value]) => withMore(`"${name}"`, JSON.stringify(value))),
  withMore('"quantity"', '100'),
  withMore('"price"', '"0.01"'),
  withMore('"qu\\u0061ntity"', '100'),
  withMore('"\\u0070rice"', '"2.40"'),
];

const tooDeep = [
  ...[1, 10, 100, 1_000, 2_000].map((depth) => nested(depth, '[', '', ']')),
  ...[1, 10, 100, 600].map((depth) => nested(depth, '{"a":', '1', '}')),
  ...[1, 10, 1_000].map((depth) => withMore('"a"', nested(depth, '[', '', ']'))),
  ...['market', 'type', 'price', 'timeInForce'].map((field) => written(field, nested(500, '[', '', ']'))),
  nested(50_000, '[', '', ']'),
  '['.repeat(4_000),
];

const tooLarge = [
  goodText.padEnd(tooLong, ' '),
  goodText.padStart(tooLong, ' '),
  withMore('"note"', JSON.stringify('x'.repeat(tooLong))),
  // Few characters, many bytes.
  withMore('"note"', JSON.stringify('é'.repeat(2_048))),
  written('market', JSON.stringify('x'.repeat(5_000))),
  written('price', JSON.stringify('2'.repeat(5_000))),
  'x'.repeat(100_000),
];

const noObjects = [
  'null',
  'true',
  '0',
  '"limit"',
  '[]',
  `[${goodText}]`,
  JSON.stringify(goodText),
  '{}',
  'undefined',
  'NaN',
  `\ufeff${goodText}`,
  `${goodText}${goodText}`,
  `${goodText};`,
  `${goodText.slice(0, -1)},}`,
  `// \n${goodText}`,
  goodText.replaceAll('"', "'"),
  `${goodText}\u0000`,
  `)]}',\n${goodText}`,
  'market=chat-prime&quantity=1',
  '<order/>',
];

/** Bodies that order nothing, each wrong in its own way. */
export const fixedBadBodies: readonly string[] = [
  ...noQuantities.map((value) => written('quantity', value)),
  ...[...noPrices, '2.5', '250', 'null', 'true', '[]', '{}'].map((value) => written('price', value)),
  ...[...noTexts, '"chat-slow"', '"market_"'].map((value) => written('market', value)),
  ...noTexts.map((value) => written('type', value)),
  ...noTexts.map((value) => written('timeInForce', value)),
  ...strangeNames.map((name) => withMore(name, '1')),
  ...Object.keys(goodOrder).map((name) => JSON.stringify({ ...goodOrder, [name]: undefined })),
  JSON.stringify({ ...goodOrder, type: 'market' }),
  ...twiceNamed,
  ...tooDeep,
  ...tooLarge,
  ...noObjects,
  ...Array.from({ length: goodText.length }, (_, length) => goodText.slice(0, length)),
];
