import { describe, expect, it } from 'vitest';
import { read } from '../../../shared/exchange/signed-requests.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientTools, clientWith, createRecordingClock, testEpoch } from './support/client-tools.ts';

const good = answer(200, { data: [] });

/** A 401 from an exchange whose clock differs from ours by so much. */
const refusedAt = (differenceMs: number): HttpResult =>
  answer(
    401,
    { errors: { code: 'EXPIRED_TIMESTAMP' } },
    { date: new Date(testEpoch + differenceMs).toUTCString() },
  );

async function readAgainst(results: readonly HttpResult[], offset = 0) {
  const { transport, requests } = scriptedTransport(...results);
  const clock = createRecordingClock();
  const skew = { offset };
  const outcome = await read(clientTools({ transport, clock, skew }), 'markets').then(
    () => 'read' as const,
    (error: unknown) => error,
  );
  const timestamps = requests.map(
    (request) => Number(request.headers['x-thegrid-timestamp']) - testEpoch / 1000,
  );
  return { outcome, timestamps, waits: clock.waits, skew };
}

describe('a 401', () => {
  it.each([-3_600, -45, -5, 5, 45, 3_600])(
    'from an exchange whose clock is %d s off ours is signed anew once, by its time',
    async (seconds) => {
      const { outcome, timestamps, waits, skew } = await readAgainst([refusedAt(seconds * 1000), good]);
      expect({ outcome, timestamps, waits }).toEqual({
        outcome: 'read',
        timestamps: [0, seconds],
        waits: [0],
      });
      expect(skew.offset).toBe(seconds * 1000);
    },
  );

  it('that comes again after the clock was corrected is not tried a third time', async () => {
    const { outcome, timestamps } = await readAgainst([refusedAt(45_000), refusedAt(90_000)]);
    expect(outcome).toMatchObject({ kind: 'unauthorized', status: 401, code: 'EXPIRED_TIMESTAMP' });
    expect(timestamps).toEqual([0, 45]);
  });

  it.each([-4, 0, 4])(
    'from an exchange whose clock is only %d s off is a matter of the key',
    async (seconds) => {
      const { outcome, timestamps, skew } = await readAgainst([refusedAt(seconds * 1000)]);
      expect(outcome).toMatchObject({ kind: 'unauthorized' });
      expect(timestamps).toEqual([0]);
      expect(skew.offset).toBe(0);
    },
  );

  it('is not signed anew by a time that is known already', async () => {
    const { outcome, timestamps } = await readAgainst([refusedAt(45_000)], 45_000);
    expect(outcome).toMatchObject({ kind: 'unauthorized' });
    expect(timestamps).toEqual([45]);
  });

  it('undoes a correction that is no longer right', async () => {
    const { timestamps, skew } = await readAgainst([refusedAt(0), good], 45_000);
    expect(timestamps).toEqual([45, 0]);
    expect(skew.offset).toBe(0);
  });

  it.each([
    {},
    { date: 'yesterday' },
    { date: '5' },
    { date: 'Thu, 01 Jan 1960 00:00:00 GMT' },
    { date: 'Fri, 31 Dec 9999 23:59:59 GMT' },
  ])('with %j for its date teaches nothing, now or later', async (headers) => {
    const { transport, requests } = scriptedTransport(answer(401, '', headers), good);
    const tools = clientTools({ transport });
    await expect(read(tools, 'markets')).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(read(tools, 'markets')).resolves.toEqual({ data: [] });
    expect(requests.map((request) => Number(request.headers['x-thegrid-timestamp']))).toEqual([
      testEpoch / 1000,
      testEpoch / 1000,
    ]);
  });
});

describe('an order', () => {
  it('is signed by the exchange’s time once that is known, and tells when it was signed by ours', async () => {
    const { transport, requests } = scriptedTransport(
      refusedAt(45_000),
      good,
      answer(201, { data: { order_id: 'o' } }),
    );
    const client = clientWith({ transport });
    await client.getTradingAccounts();
    const prepared = await client.prepareOrder({
      clientOrderId: 'g1a-x',
      marketId: 'market_1',
      quantity: 1n,
      limitPrice: 250_000_000n,
      sentType: 'limit' as const,
      timeInForce: 'gtc',
    });
    await client.sendOrder(prepared);
    expect(Number(requests.at(-1)?.headers['x-thegrid-timestamp'])).toBe(testEpoch / 1000 + 45);
    expect(prepared.signedAt).toBe(testEpoch);
  });
});
