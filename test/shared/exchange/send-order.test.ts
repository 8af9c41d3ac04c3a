import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { OrderToSend } from '../../../shared/orders/exchange-port.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith, createRecordingClock, testEpoch, testKey } from './support/client-tools.ts';
import { headersSign } from './support/verify-headers.ts';

const order: OrderToSend = {
  clientOrderId: 'g1a-abcdefghijklmnopqrstuvwxyz',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  quantity: 3n,
  limitPrice: 250_000_000n,
  sentType: 'limit' as const,
  timeInForce: 'gtc',
};
const accepted = answer(201, { data: { order_id: 'order_1', client_order_id: order.clientOrderId } });

/** The body that goes out for this order. */
async function bodyOf(
  change: Partial<OrderToSend>,
  dialect: Parameters<typeof clientWith>[1] = {},
): Promise<string> {
  const { transport, requests } = scriptedTransport(accepted);
  const client = clientWith({ transport }, dialect);
  await client.sendOrder(await client.prepareOrder({ ...order, ...change }));
  return Buffer.from(requests[0]?.body ?? []).toString('utf8');
}

describe('the time that a POST takes', () => {
  const timeOf = async (result: HttpResult) => {
    const clock = createRecordingClock();
    const times: number[] = [];
    const transport = async () => {
      clock.advance(5_200);
      return result;
    };
    const watch = { posted: (milliseconds: number) => times.push(milliseconds), unfamiliar: () => {} };
    const client = clientWith({ transport, clock, watch });
    await client.sendOrder(await client.prepareOrder(order));
    return times;
  };

  it('is told, also when the answer was waited for in vain', async () => {
    expect(await timeOf(accepted)).toEqual([5_200]);
    expect(await timeOf({ kind: 'no-answer', code: 'timeout' })).toEqual([5_200]);
  });

  it('is not told of one that never left', async () => {
    expect(await timeOf({ kind: 'not-sent', code: 'ECONNREFUSED' })).toEqual([]);
  });
});

describe('an order', () => {
  it('has the fields of the exchange’s guide and no others', async () => {
    expect(await bodyOf({})).toBe(
      '{"market_id":"market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c","side":"buy","type":"limit","quantity":3,' +
        '"price":"2.50","time_in_force":"gtc","client_order_id":"g1a-abcdefghijklmnopqrstuvwxyz"}',
    );
  });

  it.each([
    [1n, '0.00000001'],
    [250_000_000n, '2.50'],
    [245_500_000n, '2.455'],
    [100_000_000_000_000_000n, '1000000000.00'],
  ])('of the price %d writes it as the decimal %s', async (limitPrice, price) => {
    expect(await bodyOf({ limitPrice })).toContain(`"price":"${price}"`);
  });

  it('writes its quantity as text where the exchange wants that', async () => {
    expect(await bodyOf({ quantity: 10_000n }, { quantityEncoding: 'string' })).toContain(
      '"quantity":"10000",',
    );
    expect(await bodyOf({ quantity: 10_000n }, { quantityEncoding: 'number' })).toContain(
      '"quantity":10000,',
    );
  });

  it('asks for the transfer of its Units only where that is configured', async () => {
    expect(await bodyOf({}, { requestAutotransfer: true })).toMatch(/,"should_autotransfer":true}$/);
    expect(await bodyOf({}, { requestAutotransfer: false })).not.toContain('autotransfer');
  });

  it.each(['gtc', 'ioc', 'fok', 'day'] as const)('may be %s', async (timeInForce) => {
    expect(await bodyOf({ timeInForce })).toContain(`"time_in_force":"${timeInForce}"`);
  });

  it('goes out as one POST of 8 s, on a connection of its own, signed over its own bytes', async () => {
    const { transport, requests } = scriptedTransport(accepted);
    const client = clientWith({ transport });
    expect(await client.sendOrder(await client.prepareOrder(order))).toEqual({
      kind: 'accepted',
      exchangeOrderId: 'order_1',
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/api/v1/trading/orders',
      timeoutMs: 8_000,
      reuseConnection: false,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'idempotency-key': order.clientOrderId,
        'x-thegrid-fingerprint': testKey.fingerprint,
        'x-thegrid-timestamp': String(testEpoch / 1000),
      },
    });
    const { headers = {}, body = new Uint8Array() } = requests[0] ?? {};
    expect(headersSign(headers, { method: 'POST', path: '/api/v1/trading/orders', body })).toBe(true);
  });
});

describe('a prepared order', () => {
  it('was not sent yet, and tells the whole second of its signature', async () => {
    const { transport, requests } = scriptedTransport();
    const clock = createRecordingClock(testEpoch + 789);
    const prepared = await clientWith({ transport, clock }).prepareOrder(order);
    expect(prepared.signedAt).toBe(testEpoch);
    expect(requests).toEqual([]);
  });

  it('is sent as it was signed, and waited for no longer than there is time', async () => {
    const { transport, requests } = scriptedTransport(accepted);
    const clock = createRecordingClock();
    const client = clientWith({ transport, clock, deadline: testEpoch + 25_000 });
    const prepared = await client.prepareOrder(order);
    clock.advance(20_000);
    await client.sendOrder(prepared);
    expect(requests[0]?.headers['x-thegrid-timestamp']).toBe(String(testEpoch / 1000));
    expect(requests[0]?.timeoutMs).toBe(5_000);
  });

  it('is not sent when no time is left to wait for the answer', async () => {
    const { transport, requests } = scriptedTransport(accepted);
    const clock = createRecordingClock();
    const client = clientWith({ transport, clock, deadline: testEpoch + 20_999 });
    const prepared = await client.prepareOrder(order);
    clock.advance(20_000);
    expect(await client.sendOrder(prepared)).toEqual({ kind: 'not-sent', code: 'deadline-passed' });
    expect(requests).toEqual([]);
  });

  it.each([
    ['it was accepted', accepted],
    ['it was refused', answer(429, { error: { code: 'RATE_LIMIT' } }, { 'retry-after': '1' })],
    [
      'it got a 401 from a skewed clock',
      answer(
        401,
        { error: { code: 'EXPIRED_TIMESTAMP' } },
        { date: new Date(testEpoch + 90_000).toUTCString() },
      ),
    ],
    ['it got a 503', answer(503)],
    ['it got no answer', { kind: 'no-answer', code: 'ECONNRESET' } as const],
    ['it was not sent', { kind: 'not-sent', code: 'ECONNREFUSED' } as const],
  ])('is not sent a second time after %s', async (_what, result) => {
    const { transport, requests } = scriptedTransport(result);
    const clock = createRecordingClock();
    const client = clientWith({ transport, clock });
    const prepared = await client.prepareOrder(order);
    await client.sendOrder(prepared);
    await expect(client.sendOrder(prepared)).rejects.toThrow('sent once');
    expect(requests).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it('is sent once when two callers send it at the same time', async () => {
    const { transport, requests } = scriptedTransport(accepted);
    const client = clientWith({ transport });
    const prepared = await client.prepareOrder(order);
    const ends = await Promise.allSettled([client.sendOrder(prepared), client.sendOrder(prepared)]);
    expect(ends.map((end) => end.status)).toEqual(['fulfilled', 'rejected']);
    expect(requests).toHaveLength(1);
  });

  it('is not sent if another made it', async () => {
    const { transport, requests } = scriptedTransport();
    await expect(clientWith({ transport }).sendOrder({ signedAt: testEpoch })).rejects.toThrow();
    expect(requests).toEqual([]);
  });

  it('does not show its signature', async () => {
    const { transport } = scriptedTransport();
    const prepared = await clientWith({ transport }).prepareOrder(order);
    const views = [inspect(prepared, { showHidden: true, depth: Infinity }), JSON.stringify(prepared)];
    expect(views.join()).toContain(order.clientOrderId);
    expect(views.join()).not.toMatch(/x-thegrid|signature/);
  });

  it('is not made without a key', async () => {
    const { transport, requests } = scriptedTransport();
    const signingKey = async () => Promise.reject(new Error('no key'));
    await expect(clientWith({ transport, signingKey }).prepareOrder(order)).rejects.toThrow('no key');
    expect(requests).toEqual([]);
  });
});
