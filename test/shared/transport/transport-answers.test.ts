import type net from 'node:net';
import { describe, expect, it } from 'vitest';
import { createTransport, type HttpRequest, type HttpResult } from '../../../shared/transport/transport.ts';
import { httpAnswer, startRawServer } from './support/raw-server.ts';

const post: HttpRequest = {
  method: 'POST',
  target: '/api/v1/trading/orders?x=1',
  headers: { 'content-type': 'application/json', 'x-thegrid-timestamp': '1' },
  body: Buffer.from('{"note":"naïve"}'),
  timeoutMs: 2_000,
  reuseConnection: false,
};
const get: HttpRequest = { ...post, method: 'GET', body: new Uint8Array(), reuseConnection: true };

/** Sends one request to a server that does this with it, and tells how many requests arrived. */
async function send(respond: (socket: net.Socket) => void, request: HttpRequest = post) {
  await using server = await startRawServer(respond);
  const result = await createTransport(server.origin)(request);
  return { result, arrived: server.requests.length, requests: server.requests };
}

const write = (text: string) => (socket: net.Socket) => void socket.write(text, 'latin1');
const writeAndEnd = (text: string) => (socket: net.Socket) => void socket.end(text, 'latin1');

describe('an answer', () => {
  it('is given with status, headers and body', async () => {
    const { result } = await send(write(httpAnswer('201 Created', '{"data":1}', ['X-Request-Id: 7'])));
    expect(result).toMatchObject({
      kind: 'answer',
      status: 201,
      body: '{"data":1}',
      headers: { 'x-request-id': '7' },
    });
  });

  it('is read as UTF-8, also where its parts cut a character', async () => {
    const body = '€'.repeat(300_000);
    const { result } = await send((socket) => void socket.write(httpAnswer('200 OK', body)));
    expect(result.kind === 'answer' && result.body === body).toBe(true);
  });

  it('may come in chunks, or without a length until the connection ends', async () => {
    const chunked = await send(
      write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n'),
    );
    expect(chunked.result).toMatchObject({ kind: 'answer', body: 'abc' });
    const ended = await send(writeAndEnd('HTTP/1.1 200 OK\r\n\r\nabc'));
    expect(ended.result).toMatchObject({ kind: 'answer', body: 'abc' });
  });

  it.each(['301 Moved', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect'])(
    'that is a %s is given as it is, and followed nowhere',
    async (status) => {
      const respond = write(httpAnswer(status, '', ['location: /elsewhere']));
      for (const request of [post, get]) {
        const { result, arrived } = await send(respond, request);
        expect(result).toMatchObject({ kind: 'answer', status: Number(status.slice(0, 3)) });
        expect(arrived).toBe(1);
      }
    },
  );

  it.each([
    '401 Unauthorized',
    '408 Request Timeout',
    '429 Too Many Requests',
    '500 Oops',
    '503 Unavailable',
  ])('that is a %s does not make a request go out again', async (status) => {
    const { result, arrived } = await send(write(httpAnswer(status, '', ['retry-after: 0'])));
    expect(result).toMatchObject({ kind: 'answer' });
    expect(arrived).toBe(1);
  });

  it('to a request carries exactly the bytes that were given', async () => {
    const { requests } = await send(write(httpAnswer('200 OK')));
    const [head = '', body = ''] = (requests[0] ?? '').split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe('POST /api/v1/trading/orders?x=1 HTTP/1.1');
    expect(Buffer.from(body, 'latin1').toString('utf8')).toBe('{"note":"naïve"}');
    expect(head).toMatch(/content-length: 17/i);
  });
});

describe('no answer to a request that arrived', () => {
  const cut = 'HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n{"data":{"order_id":"o"}}';
  it.each<[string, (socket: net.Socket) => void]>([
    ['is what a reset before it gives', (socket) => socket.resetAndDestroy()],
    ['is what an end before it gives', (socket) => socket.end()],
    ['is what an end within its headers gives', writeAndEnd('HTTP/1.1 201 Created\r\ncontent-le')],
    ['is what an end within its body gives', writeAndEnd(cut)],
    [
      'is what a reset within its body gives',
      (socket) => void socket.write(cut, () => setImmediate(() => socket.resetAndDestroy())),
    ],
    [
      'is what an end within its chunks gives',
      writeAndEnd('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc'),
    ],
    ['is what a wrong chunk gives', write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc')],
    ['is what a broken status line gives', write('HTTP/9.9 what is this\r\n\r\n')],
    ['is what another protocol gives', write('SSH-2.0-OpenSSH_9.6\r\n')],
    ['is what headers without an end give', write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)],
    [
      'is what a switch of protocols gives',
      write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
  ])('%s, and it is sent once', async (_what, respond) => {
    const { result, arrived } = await send(respond, { ...post, timeoutMs: 500 });
    expect(result).toEqual({ kind: 'no-answer', code: expect.stringMatching(/^[A-Za-z0-9_-]+$/) });
    expect(arrived).toBe(1);
  });

  it.each<[string, (socket: net.Socket) => void]>([
    ['nothing', () => undefined],
    ['headers only', write('HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\n')],
    ['an interim answer only', write('HTTP/1.1 100 Continue\r\n\r\n')],
    ['a body that comes drop by drop', drip],
    ['a body without length that never ends', write('HTTP/1.1 200 OK\r\n\r\n{"data":{"order_id":"o"}}')],
  ])('is what %s gives once its time is over, and it is sent once', async (_what, respond) => {
    const startedAt = performance.now();
    const { result, arrived } = await send(respond, { ...post, timeoutMs: 150 });
    expect(result).toEqual<HttpResult>({ kind: 'no-answer', code: 'timeout' });
    expect(arrived).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('is what an answer of more than 4 MiB gives', async () => {
    const { result } = await send(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.write('a'.repeat(5 * 1024 * 1024));
      },
      { ...post, timeoutMs: 5_000 },
    );
    expect(result).toEqual({ kind: 'no-answer', code: 'answer-too-large' });
  });
});

/** One byte every few ms, without end, so that no single wait is long. */
function drip(socket: net.Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
  const timer = setInterval(() => void socket.write('a'), 10);
  socket.on('close', () => clearInterval(timer));
}
