import fc from 'fast-check';

/** Stands in an answer for the signature of the request that is answered: exchanges echo requests in errors. */
export const echoMark = '%ECHO%';

/** Changes to the bytes of a text: some replaced, left out or put in, and perhaps the end cut off. */
const anyChange = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'insert'),
  at: fc.nat({ max: 0xffff }),
  byte: fc.integer({ min: 0, max: 255 }),
});

function changed(bytes: Buffer, { kind, at, byte }: { kind: string; at: number; byte: number }): Buffer {
  const position = at % Math.max(bytes.length, 1);
  const rest = bytes.subarray(kind === 'insert' ? position : position + 1);
  return Buffer.concat([bytes.subarray(0, position), Buffer.from(kind === 'remove' ? [] : [byte]), rest]);
}

/** A text with one to four of its bytes changed, or cut off somewhere, or both. */
export function spoilt(text: string): fc.Arbitrary<Buffer> {
  const whole = Buffer.from(text, 'utf8');
  const changes = fc.array(anyChange, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    changes.map((some) => some.reduce(changed, whole)),
    fc.nat({ max: Math.max(whole.length - 1, 0) }).map((length) => whole.subarray(0, length)),
    fc
      .tuple(changes, fc.nat({ max: whole.length }))
      .map(([some, length]) => some.reduce(changed, whole).subarray(0, length)),
  );
}

export const anyBytes: fc.Arbitrary<Buffer> = fc
  .uint8Array({ maxLength: 80 })
  .map((bytes) => Buffer.from(bytes));

/** Deeper than a program that calls itself can follow. */
const tooDeep = 10_000;
const nested = (depth: number, [open, close]: readonly [string, string], inner: string): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

/** JSON, or nearly, that is meant to harm. */
const hostileTexts = [
  nested(tooDeep, ['[', ']'], ''),
  `{"data":${nested(tooDeep, ['[', ']'], '')}}`,
  nested(tooDeep, ['{"data":', '}'], '1'),
  nested(500, ['{"data":', '}'], '{"order_id":"order_1"}'),
  '['.repeat(tooDeep),
  '{"__proto__":{"data":{"order_id":"order_1"}}}',
  '{"constructor":{"prototype":{"order_id":"order_1"}}}',
  '{"data":{"__proto__":{"order_id":"order_1","available_balance":"0"}}}',
  '{"data":[{"__proto__":{"account_id":"a","instrument_id":"i","available_balance":"0"}}]}',
  '{"data":{"order_id":"order_1","order_id":null}}',
  '{"data":{"order_id":{"toString":"order_1"}}}',
  '{"data":[{"account_id":"a","instrument_id":"i","available_balance":1e400}]}',
  `{"data":[{"account_id":"a","instrument_id":"i","available_balance":${'9'.repeat(5_000)}}]}`,
  '{"data":[{"account_id":"a","instrument_id":"i","available_balance":"٠"}]}',
  '{"data":[{"account_id":"a","instrument_id":"i","available_balance":-0}]}',
  '{"data":[{"account_id":"a","instrument_id":"i","available_balance":NaN}]}',
  '{"data":[{"account_id":"a","instrument_id":"i","available_balance":null}]}',
  '{"data":[],"paging":{"has_more":true,"next_cursor":"\\ud800"}}',
  '{"data":[],"data":[{"account_id":"a"}]}',
  '\ufeff{"data":[]}',
  '{"data":[]}\u0000',
  '{"data":[],}',
  "{'data':[]}",
  `"${'x'.repeat(10_000)}"`,
  `{"${'k'.repeat(10_000)}":1}`,
  'null',
  '""',
  '0',
  '<html><body>502</body></html>',
  // What echoes the request, in every place that a code, an id or a reason is read from.
  `{"error":{"code":"${echoMark}","message":"${echoMark}"}}`,
  `{"errors":{"code":"${echoMark}","detail":"${echoMark}"}}`,
  `{"error":"${echoMark}"}`,
  `{"code":"${echoMark}"}`,
  `{"data":{"order_id":"${echoMark}","id":"${echoMark}","status":"${echoMark}"}}`,
  `{"data":[{"order_id":"${echoMark}","status":"${echoMark}","filled_quantity":"${echoMark}"}]}`,
  `{"data":{"order_id":"order_1","client_order_id":"${echoMark}"}}`,
  `{"data":[{"account_id":"${echoMark}","instrument_id":"${echoMark}","available_balance":"${echoMark}"}]}`,
  `{"data":[],"paging":{"next_cursor":"${echoMark}"}}`,
  `x-thegrid-signature: ${echoMark}`,
];
export const hostileJson: fc.Arbitrary<Buffer> = fc
  .constantFrom(...hostileTexts)
  .map((text) => Buffer.from(text, 'utf8'));
