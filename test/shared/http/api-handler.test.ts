import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { ExchangeReadError, type ReadErrorKind } from '../../../shared/exchange/read-error.ts';
import { type ApiEvent, apiHandler, bodyOf } from '../../../shared/http/api-handler.ts';
import { ProblemError } from '../../../shared/http/problem.ts';
import { InvalidCursorError, StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { SigningKeyUnavailableError } from '../../../shared/secrets/signing-key-unavailable-error.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';

const secret = 'x-thegrid-signature: c2VjcmV0';

async function failWith(error: unknown) {
  const log = createRecordedLog();
  const handler = apiHandler(log, async () => {
    throw error;
  });
  const context = { getRemainingTimeInMillis: () => 25_000 } as Context;
  const answer = await handler({} as ApiEvent, context);
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    body: answer.body,
    lines: JSON.stringify(log.lines),
  };
}

const read = (kind: ReadErrorKind) => new ExchangeReadError(kind, 'orders', 'http-500', 500);

it.each([
  [new ProblemError('no-liquidity'), 409, 'no-liquidity'],
  [new InvalidCursorError(), 400, 'invalid-request'],
  [new StoreUnavailableError('Throttled'), 503, 'store-unavailable'],
  [new SigningKeyUnavailableError('secret-empty', 'no key'), 503, 'signing-key-unavailable'],
  [read('unavailable'), 503, 'exchange-unavailable'],
  [read('rate-limited'), 503, 'exchange-unavailable'],
  [read('unreadable'), 502, 'exchange-unreadable'],
  [read('unauthorized'), 502, 'exchange-refused-us'],
  [read('forbidden'), 502, 'exchange-refused-us'],
  [read('not-found'), 502, 'exchange-refused-us'],
])('%s is answered with %d %s', async (error, status, code) => {
  const answer = await failWith(error);
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  expect(JSON.parse(answer.body)).toMatchObject({ status, code });
});

it('says nothing of an unplanned error, and logs where it was but not what it said', async () => {
  const { status, body, lines } = await failWith(new TypeError(secret));
  expect(status).toBe(500);
  expect(JSON.parse(body)).toMatchObject({ code: 'internal-error' });
  expect(body + lines).not.toContain(secret);
  expect(lines).toContain('TypeError');
  expect(lines).toContain('api-handler.test.ts');
});

it('reads a body that API Gateway has encoded', () => {
  expect(bodyOf({ body: Buffer.from('{"ä":1}').toString('base64'), isBase64Encoded: true })).toBe('{"ä":1}');
  expect(bodyOf({ body: '{}', isBase64Encoded: false })).toBe('{}');
  expect(bodyOf({ isBase64Encoded: false })).toBe('');
});

it.each([
  ['text', (length: number) => ({ body: 'ä'.repeat(length / 2), isBase64Encoded: false })],
  [
    'base64',
    (length: number) => ({ body: Buffer.alloc(length, 'x').toString('base64'), isBase64Encoded: true }),
  ],
])(
  'refuses a body of more than 4096 bytes before anything is done with it (%s)',
  async (_how, bodyOfLength) => {
    const log = createRecordedLog();
    const handled: string[] = [];
    const handler = apiHandler(log, async (event) => {
      handled.push(bodyOf(event));
      return { statusCode: 200, headers: {}, body: '' };
    });
    const context = { getRemainingTimeInMillis: () => 25_000 } as Context;
    expect((await handler(bodyOfLength(4_096) as ApiEvent, context)).statusCode).toBe(200);
    const refused = await handler(bodyOfLength(4_098) as ApiEvent, context);
    expect(refused).toMatchObject({
      statusCode: 413,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'body-too-large', status: 413 });
    expect(handled).toHaveLength(1);
    expect(log.lines).toEqual([]);
  },
);
