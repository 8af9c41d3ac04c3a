import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import type { OrderToSend } from '../../../shared/orders/exchange-port.ts';
import { createTransport } from '../../../shared/transport/transport.ts';
import { httpAnswer, startRawServer } from '../transport/support/raw-server.ts';
import { clientWith, testEpoch, testKey } from './support/client-tools.ts';

const order: OrderToSend = {
  clientOrderId: 'g1a-abcdefghijklmnopqrstuvwxyz',
  marketId: 'market_naïve-三',
  quantity: 3n,
  limitPrice: 250_000_000n,
  sentType: 'limit' as const,
  timeInForce: 'gtc',
};

/** Line, headers and body of a request as it was captured (one char per byte). */
function takeApart(request: string) {
  const [head = '', body = ''] = request.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = lines.map((one) =>
    one
      .split(/: (.*)/s)
      .slice(0, 2)
      .join(': ')
      .toLowerCase(),
  );
  const value = (name: string) =>
    lines.find((one) => one.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
  return { line, headers: headers.toSorted(), value, body: Buffer.from(body, 'latin1') };
}

/** Checks a captured request as the exchange does: over its own bytes, with the public key of the fingerprint. */
function isSigned(request: string): boolean {
  const { line, value, body } = takeApart(request);
  const [method = '', target = ''] = line.split(' ');
  const path = target.split('?')[0];
  const message = Buffer.concat([Buffer.from(`${value('x-thegrid-timestamp')}${method}${path}`), body]);
  const signature = Buffer.from(value('x-thegrid-signature') ?? '', 'base64');
  return nacl.sign.detached.verify(new Uint8Array(message), new Uint8Array(signature), testKey.publicKey);
}

describe('over the wire', () => {
  it('an order arrives once, header by header and byte by byte as it was signed', async () => {
    const body = JSON.stringify({ data: { order_id: 'order_1', client_order_id: order.clientOrderId } });
    await using server = await startRawServer((socket) => void socket.write(httpAnswer('201 Created', body)));
    const client = clientWith({ transport: createTransport(server.origin) });
    const prepared = await client.prepareOrder(order);
    expect(server.connections()).toBe(0);
    expect(await client.sendOrder(prepared)).toEqual({ kind: 'accepted', exchangeOrderId: 'order_1' });
    await expect(client.sendOrder(prepared)).rejects.toThrow('sent once');
    expect([server.requests.length, server.connections()]).toEqual([1, 1]);

    const [captured = ''] = server.requests;
    const sent =
      '{"market_id":"market_naïve-三","side":"buy","type":"limit","quantity":3,"price":"2.50",' +
      '"time_in_force":"gtc","client_order_id":"g1a-abcdefghijklmnopqrstuvwxyz"}';
    expect(takeApart(captured).line).toBe('POST /api/v1/trading/orders HTTP/1.1');
    expect(takeApart(captured).body.toString('utf8')).toBe(sent);
    expect(takeApart(captured).headers).toEqual([
      'accept: application/json',
      'connection: close',
      `content-length: ${Buffer.byteLength(sent)}`,
      'content-type: application/json',
      `host: ${server.origin.host}`,
      `idempotency-key: ${order.clientOrderId}`,
      `x-thegrid-fingerprint: ${testKey.fingerprint.toLowerCase()}`,
      `x-thegrid-signature: ${takeApart(captured).value('x-thegrid-signature')?.toLowerCase()}`,
      `x-thegrid-timestamp: ${testEpoch / 1000}`,
    ]);
    expect(takeApart(captured).value('x-thegrid-fingerprint')).toBe(testKey.fingerprint);
    expect(isSigned(captured)).toBe(true);
    expect(isSigned(captured.replace('"quantity":3', '"quantity":4'))).toBe(false);
  });

  it('a read arrives signed without its query, and a cancellation without a body', async () => {
    await using server = await startRawServer(
      (socket) => void socket.write(httpAnswer('200 OK', '{"data":[]}')),
    );
    const client = clientWith({ transport: createTransport(server.origin) });
    await client.listTrades('order_1');
    await client.cancelOrder('order_1');
    expect(server.requests.map((request) => takeApart(request).line)).toEqual([
      'GET /api/v1/trading/trades?order_id=order_1&limit=100 HTTP/1.1',
      'DELETE /api/v1/trading/orders/order_1 HTTP/1.1',
    ]);
    expect(server.requests.map(isSigned)).toEqual([true, true]);
  });

  it.each<[string, string]>([
    ['a redirect', httpAnswer('307 Temporary Redirect', '', ['location: /api/v1/trading/orders'])],
    [
      'a 401 with a clock that is off',
      httpAnswer('401 Unauthorized', '{}', ['date: Mon, 23 Nov 2026 13:00:00 GMT']),
    ],
    ['a 429', httpAnswer('429 Too Many Requests', '{}', ['retry-after: 0'])],
    ['a 500', httpAnswer('500 Oops', '<html></html>')],
    ['an acceptance without an id', httpAnswer('201 Created', '{}')],
    [
      'half an acceptance',
      'HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n{"data":{"order_id":"order_1"}}',
    ],
    ['nothing', ''],
  ])('an order that is answered with %s goes out once, and may exist', async (_what, reply) => {
    await using server = await startRawServer((socket) => void socket.end(reply));
    const client = clientWith({ transport: createTransport(server.origin) });
    const outcome = await client.sendOrder(await client.prepareOrder(order));
    expect(outcome.kind).toBe('unknown');
    expect([server.requests.length, server.connections()]).toEqual([1, 1]);
  });
});
