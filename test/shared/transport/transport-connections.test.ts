import { describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../../local/emulators/loopback/self-signed-certificate.ts';
import { createTransport, type HttpRequest, type Transport } from '../../../shared/transport/transport.ts';
import { httpAnswer, startRawServer, unusedOrigin } from './support/raw-server.ts';

const get: HttpRequest = {
  method: 'GET',
  target: '/x',
  headers: {},
  timeoutMs: 5_000,
  reuseConnection: true,
};
const post: HttpRequest = { ...get, method: 'POST', body: Buffer.from('{}'), reuseConnection: false };
const fine = httpAnswer('200 OK', '{}');

async function inTurn(transport: Transport, ...requests: readonly HttpRequest[]) {
  const results = [];
  for (const request of requests) results.push(await transport(request));
  return results;
}

describe('connections', () => {
  it('are kept for reads', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine));
    const results = await inTurn(createTransport(server.origin), get, get, get);
    expect(results.map((result) => result.kind)).toEqual(['answer', 'answer', 'answer']);
    expect([server.requests.length, server.connections()]).toEqual([3, 1]);
  });

  it('that are kept for many reads gather no listeners', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): unknown => warnings.push(name);
    process.on('warning', note);
    await using server = await startRawServer((socket) => void socket.write(fine));
    await inTurn(createTransport(server.origin), ...Array.from({ length: 20 }, () => get));
    process.off('warning', note);
    expect([server.connections(), warnings]).toEqual([1, []]);
  });

  it('are new for each order, even beside one that is kept, and are not kept after it', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine));
    await inTurn(createTransport(server.origin), get, post, post, get);
    expect([server.requests.length, server.connections()]).toEqual([4, 3]);
    expect(server.requests.map((request) => /connection: ([\w-]+)/i.exec(request)?.[1])).toEqual([
      'keep-alive',
      'close',
      'close',
      'keep-alive',
    ]);
  });

  it('that the exchange closed meanwhile never carry an order', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine, () => socket.destroy()));
    const results = await inTurn(createTransport(server.origin), get, post);
    expect(results.map((result) => result.kind)).toEqual(['answer', 'answer']);
    expect(server.requests).toHaveLength(2);
  });

  it('that are reset on reuse do not make a read go out again by themselves', async () => {
    await using server = await startRawServer((socket) => {
      if (server.requests.length === 1) socket.write(fine);
      else socket.resetAndDestroy();
    });
    const results = await inTurn(createTransport(server.origin), get, get);
    expect(results[1]).toEqual({ kind: 'no-answer', code: 'ECONNRESET' });
    expect([server.requests.length, server.connections()]).toEqual([2, 1]);
  });

  it('are made for reads that go out together', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine));
    const transport = createTransport(server.origin);
    const results = await Promise.all(Array.from({ length: 20 }, () => transport(get)));
    expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['answer']));
    expect(server.connections()).toBeLessThanOrEqual(8);
  });
});

describe('a request is not sent', () => {
  it('when the connection is refused', async () => {
    const transport = createTransport(await unusedOrigin());
    for (const request of [get, post]) {
      expect(await transport(request)).toEqual({ kind: 'not-sent', code: 'ECONNREFUSED' });
    }
  });

  it('when the host is unknown', async () => {
    const result = await createTransport(new URL('http://exchange.invalid'))(post);
    expect(result).toEqual({ kind: 'not-sent', code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('when nobody vouches for the certificate', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine), selfSignedCertificate());
    const result = await createTransport(server.origin)(post);
    expect(result).toEqual({ kind: 'not-sent', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(server.requests).toEqual([]);
  });

  it('when the other side does not speak TLS', async () => {
    await using server = await startRawServer((socket) => void socket.write(fine));
    const result = await createTransport(new URL(`https://${server.origin.host}`))({
      ...post,
      timeoutMs: 300,
    });
    expect(result).toMatchObject({ kind: 'not-sent' });
    expect(server.requests).toEqual([]);
  });

  it('when TLS is not agreed upon in time', async () => {
    await using server = await startRawServer(() => undefined);
    const result = await createTransport(new URL(`https://${server.origin.host}`))({
      ...post,
      timeoutMs: 100,
    });
    expect(result).toEqual({ kind: 'not-sent', code: 'timeout' });
  });

  it.each<[string, Partial<HttpRequest>]>([
    ['header', { headers: { 'idempotency-key': 'a\r\nx-injected: 1' } }],
    ['path', { target: '/orders with a space' }],
  ])('when its %s cannot be written, and nothing is thrown', async (_what, change) => {
    await using server = await startRawServer((socket) => void socket.write(fine));
    const result = await createTransport(server.origin)({ ...post, ...change });
    expect(result).toMatchObject({ kind: 'not-sent', code: expect.stringMatching(/^ERR_/) });
    expect(server.connections()).toBe(0);
  });
});
