import { execFile, spawnSync } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocalStack, StackEvent } from '../../../local/runner/start-stack.ts';
import { sign } from '../emulators/support/sign.ts';
import { startFixture } from './support/fixture.ts';

const caller = {
  accessKeyId: 'AKIACALLERCALLERCALL',
  secretAccessKey: 'a secret of the tests',
  userArn: 'arn:aws:iam::123456789012:user/buyer',
};

const eventSchema = v.looseObject({
  headers: v.record(v.string(), v.string()),
  cookies: v.optional(v.array(v.string())),
  requestContext: v.looseObject({ authorizer: v.optional(v.unknown()) }),
});

/** curl is a second signer, independent of AWS's library. Versions before 7.75 cannot sign. */
const curlSigns = spawnSync('curl', ['--aws-sigv4', 'aws:amz', '--version']).status === 0;

const userId: unknown = expect.stringMatching(/^AIDA[A-Z2-7]{17}$/);

let stack: LocalStack;
const events: StackEvent[] = [];

beforeAll(async () => {
  stack = await startFixture({ callers: [caller], onEvent: (event) => events.push(event) });
});

beforeEach(() => {
  events.length = 0;
});

afterAll(() => stack.close());

/** The reasons that the API gave to the runner, not to the caller. */
function reasons(): (string | undefined)[] {
  return events.filter((event) => event.type === 'api-request').map(({ reason }) => reason);
}

async function signedFetch(path: string, options: { method?: string; body?: string } = {}) {
  const url = `${stack.apiUrl}${path}`;
  const headers = { 'content-type': 'application/json' };
  return fetch(url, await sign(caller, { url, headers, ...options }));
}

/** Asks the fixture to answer in a certain way. */
function ask(wanted: object, path = '/answers'): Promise<Response> {
  return fetch(`${stack.apiUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  });
}

describe('a signed request', () => {
  it('reaches the function as an event of payload format 2.0', async () => {
    const response = await signedFetch('/orders/a%20b?state=open&state=new%2Cold&flag');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /orders/{id}',
      rawPath: '/orders/a b',
      rawQueryString: 'state=open&state=new%2Cold&flag',
      queryStringParameters: { state: 'open,new,old', flag: '' },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '123456789012',
        stage: '$default',
        routeKey: 'GET /orders/{id}',
        http: { method: 'GET', path: '/orders/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        authorizer: {
          iam: {
            accessKey: caller.accessKeyId,
            accountId: '123456789012',
            callerId: userId,
            userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: caller.userArn,
          },
        },
      },
    });
  });

  it.skipIf(!curlSigns)('is understood when curl signs it', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      '--silent',
      '--aws-sigv4',
      'aws:amz:eu-west-1:execute-api',
      '--user',
      `${caller.accessKeyId}:${caller.secretAccessKey}`,
      '--header',
      'content-type: application/json',
      '--data',
      '{"quantity":"1"}',
      `${stack.apiUrl}/orders`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ routeKey: 'POST /orders', body: '{"quantity":"1"}' });
  });

  it.each<[string, string, (signed: { headers: Record<string, string>; body?: string }) => object]>([
    ['is not signed', 'signature: missing', () => ({ headers: {} })],
    ['has another body', 'signature: payload-mismatch', (signed) => ({ ...signed, body: '{"n":9}' })],
    [
      'is of an unknown caller',
      'signature: unknown-key',
      ({ headers }) => ({
        headers: { ...headers, authorization: (headers['authorization'] ?? '').replace('CALLER', 'NOBODY') },
      }),
    ],
  ])('is refused when it %s, without saying why', async (_what, reason, change) => {
    const url = `${stack.apiUrl}/orders`;
    const signed = await sign(caller, { url, method: 'POST', body: '{"n":1}' });
    const response = await fetch(url, { ...signed, ...change(signed) });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden' });
    expect(reasons()).toEqual([reason]);
    expect(events.map(({ type }) => type)).toEqual(['api-request']);
  });

  it('is refused on another path or with another query than the signed one', async () => {
    const signed = await sign(caller, { url: `${stack.apiUrl}/orders/mine` });
    for (const path of ['/orders/other', '/orders/mine?all=1']) {
      expect((await fetch(`${stack.apiUrl}${path}`, signed)).status).toBe(403);
    }
  });

  it('is refused when it is ten minutes old', async () => {
    const url = `${stack.apiUrl}/orders/mine`;
    const signed = await sign(caller, { url, date: new Date(Date.now() - 600_000) });
    expect((await fetch(url, signed)).status).toBe(403);
    expect(reasons()).toEqual(['signature: clock-skew']);
  });
});

describe('a request', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/orders'],
    ['PUT', '/orders/1'],
    ['GET', '/orders/1/fills'],
    ['GET', '/orders/'],
  ])('for which there is no route (%s %s) is not found', async (method, path) => {
    const response = await signedFetch(path, { method });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it('is too large beyond 10 MB', async () => {
    const response = await ask({ answer: 'x'.repeat(10 * 1024 * 1024) });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('has repeated headers joined, cookies apart, and bytes as base64', async () => {
    const body = await new Promise<string>((resolve, reject) => {
      const sent = httpRequest(`${stack.apiUrl}/answers`, { method: 'POST' }, (response) => {
        resolve(text(response));
      });
      sent.once('error', reject);
      sent.setHeader('X-Twice', ['one', 'two']);
      sent.setHeader('Cookie', 'a=1; b=2');
      sent.setHeader('content-type', 'application/json');
      sent.end('{}');
    });
    const event = v.parse(eventSchema, JSON.parse(body));
    expect(event.headers['x-twice']).toBe('one,two');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext).not.toHaveProperty('authorizer');
    const bytes = Uint8Array.from([255, 0, 1]);
    const url = `${stack.apiUrl}/orders`;
    const headers = { 'content-type': 'application/octet-stream' };
    const signed = await sign(caller, { url, method: 'POST', body: 'plain', headers });
    const answer = await fetch(url, signed);
    expect(await answer.json()).toMatchObject({
      body: Buffer.from('plain').toString('base64'),
      isBase64Encoded: true,
    });
    const returned = await ask({
      answer: { statusCode: 200, body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true },
    });
    expect([...new Uint8Array(await returned.arrayBuffer())]).toEqual([255, 0, 1]);
  });
});

describe('an answer of the function', () => {
  it('has its status, headers and cookies', async () => {
    const response = await ask({
      answer: {
        statusCode: 201,
        headers: { 'X-Order': 'abc', 'content-type': 'application/problem+json', 'x-count': 3 },
        cookies: ['a=1', 'b=2'],
        body: '{"ok":true}',
      },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-order')).toBe('abc');
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('{"ok":true}');
  });

  it.each([
    [{ n: 1 }, '{"n":1}'],
    ['text', 'text'],
    [[1], '[1]'],
  ])('without a status is the body of a 200: %j', async (answer, body) => {
    const response = await ask({ answer });
    expect([response.status, await response.text()]).toEqual([200, body]);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it.each([
    [{ answer: { statusCode: 'created' } }, 'malformed function response'],
    [{ answer: { statusCode: 200, body: { n: 1 } } }, 'malformed function response'],
    [{ answer: { statusCode: 200, headers: 'none' } }, 'malformed function response'],
    [{ error: 'the secret is 1234' }, 'Error'],
  ])('that is wrong is a 500 that tells nothing: %j', async (wanted, reason) => {
    const response = await ask(wanted);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(reasons()).toEqual([reason]);
  });

  it('that is late is not waited for', async () => {
    const response = await ask({ wait: 1000, answer: {} }, '/slow');
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });
});
