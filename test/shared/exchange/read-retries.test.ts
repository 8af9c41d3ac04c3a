import { describe, expect, it } from 'vitest';
import type { ReadErrorKind } from '../../../shared/exchange/read-error.ts';
import { read } from '../../../shared/exchange/signed-requests.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientTools, createRecordingClock, testEpoch } from './support/client-tools.ts';
import { headersSign } from './support/verify-headers.ts';

const path = '/api/v1/trading/markets';
const good = answer(200, { data: [] });
const date = new Date(testEpoch).toUTCString();
const limited = (headers: Record<string, string>) => answer(429, { error: { code: 'RATE_LIMIT' } }, headers);

/** Reads against these results on a virtual clock, and tells how often, when and with what end. */
async function readAgainst(
  results: readonly HttpResult[],
  change: { readonly deadline?: number; readonly random?: () => number } = {},
) {
  const { transport, requests } = scriptedTransport(...results);
  const clock = createRecordingClock();
  const outcome = await read(clientTools({ transport, clock, ...change }), 'markets').then(
    () => 'read' as const,
    (error: unknown) => error,
  );
  return { outcome, requests, waits: clock.waits, attempts: requests.length };
}

describe('a read that is limited in rate', () => {
  it.each<[string, Record<string, string>, number]>([
    ['Retry-After in seconds', { 'retry-after': '3' }, 3_000],
    ['Retry-After as a date', { 'retry-after': new Date(testEpoch + 4_000).toUTCString(), date }, 4_000],
    ['a reset in seconds', { 'x-ratelimit-reset': '2' }, 2_000],
    ['a reset as Unix time', { 'x-ratelimit-reset': String(testEpoch / 1000 + 5), date }, 5_000],
    ['Retry-After before a reset', { 'retry-after': '1', 'x-ratelimit-reset': '4' }, 1_000],
  ])('waits as long as the exchange asks by %s', async (_how, headers, expected) => {
    const { outcome, waits } = await readAgainst([limited(headers), good]);
    expect({ outcome, waits }).toEqual({ outcome: 'read', waits: [expected] });
  });

  it('waits longer each time by itself if the exchange asks for nothing, or for no time', async () => {
    for (const headers of [{}, { 'retry-after': '0' }, { 'retry-after': 'soon' }]) {
      const { waits } = await readAgainst([limited(headers), limited(headers), good]);
      expect(waits).toEqual([300, 600]);
    }
  });

  it('spreads its waits at random', async () => {
    const lowest = await readAgainst([limited({}), limited({}), good], { random: () => 0 });
    const highest = await readAgainst([limited({}), limited({}), good], { random: () => 0.999 });
    expect(lowest.waits).toEqual([200, 400]);
    expect(highest.waits.map(Math.round)).toEqual([400, 800]);
  });

  it.each(['6', '60', '86400'])('gives up at once when asked to wait for %s s', async (seconds) => {
    const { outcome, attempts, waits } = await readAgainst([limited({ 'retry-after': seconds })]);
    expect(outcome).toMatchObject({
      name: 'ExchangeReadError',
      kind: 'rate-limited',
      status: 429,
      code: 'RATE_LIMIT',
    });
    expect({ attempts, waits }).toEqual({ attempts: 1, waits: [] });
  });

  it('gives up at once when the wait would end after the deadline', async () => {
    const { outcome, waits } = await readAgainst([limited({ 'retry-after': '3' })], {
      deadline: testEpoch + 3_000,
    });
    expect(outcome).toMatchObject({ kind: 'rate-limited' });
    expect(waits).toEqual([]);
  });

  it('is tried three times in all', async () => {
    const { outcome, attempts } = await readAgainst([limited({}), limited({}), limited({})]);
    expect(outcome).toMatchObject({ kind: 'rate-limited' });
    expect(attempts).toBe(3);
  });
});

describe('a read that fails', () => {
  const passing: [string, HttpResult][] = [
    ...[408, 500, 502, 503, 504, 599].map((status): [string, HttpResult] => [
      `${status}`,
      answer(status, '<html>'),
    ]),
    ['no answer', { kind: 'no-answer', code: 'ECONNRESET' }],
    ['no connection', { kind: 'not-sent', code: 'ECONNREFUSED' }],
  ];

  it.each(passing)('with %s is tried at most twice more', async (_what, failure) => {
    const twice = await readAgainst([failure, failure, good]);
    expect([twice.outcome, twice.attempts]).toEqual(['read', 3]);
    const thrice = await readAgainst([failure, failure, failure]);
    expect(thrice.outcome).toMatchObject({
      name: 'ExchangeReadError',
      kind: 'unavailable',
      resource: 'markets',
    });
    expect(thrice.attempts).toBe(3);
  });

  it.each<[number, ReadErrorKind]>([
    [301, 'refused'],
    [307, 'refused'],
    [400, 'refused'],
    [402, 'refused'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'refused'],
    [422, 'refused'],
  ])('with %d is not tried again', async (status, kind) => {
    const { outcome, attempts } = await readAgainst([answer(status, { errors: { detail: 'some_code' } })]);
    expect(outcome).toMatchObject({ name: 'ExchangeReadError', kind, status, code: 'some_code' });
    expect(attempts).toBe(1);
  });

  it.each(['', '<html></html>', '{"data":[', '\ufeff{}'])(
    'with a 200 that holds %j is not tried again',
    async (body) => {
      const { outcome, attempts } = await readAgainst([answer(200, body)]);
      expect(outcome).toMatchObject({ kind: 'unreadable', code: 'not-json', status: 200 });
      expect(attempts).toBe(1);
    },
  );

  it('after the deadline sends nothing', async () => {
    const { outcome, attempts } = await readAgainst([], { deadline: testEpoch });
    expect(outcome).toMatchObject({ kind: 'unavailable', code: 'deadline-passed' });
    expect(attempts).toBe(0);
  });

  it('tells nothing of what the exchange echoed', async () => {
    const echo = { errors: { detail: 'your header x-thegrid-signature: c2lnbmF0dXJl+/== is wrong' } };
    const { outcome } = await readAgainst([answer(400, echo)]);
    const told = outcome instanceof Error ? `${outcome.message} ${JSON.stringify(outcome)}` : '';
    expect(told).toMatch(/^Reading markets from the exchange failed: refused \(400, http-400\)/);
    expect(told).not.toMatch(/c2lnbmF0/);
  });
});

describe('each attempt of a read', () => {
  it('carries a signature of its own second', async () => {
    const { requests } = await readAgainst([
      limited({ 'retry-after': '2' }),
      limited({ 'retry-after': '3' }),
      good,
    ]);
    const second = testEpoch / 1000;
    expect(requests.map((request) => Number(request.headers['x-thegrid-timestamp']))).toEqual([
      second,
      second + 2,
      second + 5,
    ]);
    const signed = requests.map(({ headers }) => headersSign(headers, { method: 'GET', path, body: '' }));
    expect(signed).toEqual([true, true, true]);
  });

  it('has 8 s, or what is left until the deadline', async () => {
    const failures = [answer(503), answer(503), good];
    const { requests } = await readAgainst(failures, { deadline: testEpoch + 8_100 });
    expect(requests.map((request) => request.timeoutMs)).toEqual([8_000, 7_800, 7_200]);
  });
});
