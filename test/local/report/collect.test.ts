import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { collectPeriod } from '../../../local/report/collect.ts';
import { type OrderView, patiently, type ReadApi } from '../../../local/report/read-api.ts';
import { summarize } from '../../../local/report/summarize.ts';
import { decimalScale } from '../../../shared/ledger/decimal.ts';
import { decisionAt, orderAt, statusAt } from './simulated-account.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-29T12:00:00Z');
const from = Date.parse('2026-11-28T06:00:00Z');
const to = Date.parse('2026-11-28T18:00:00Z');
const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body,
});

/** An API with an order and a decision every hour since the first of the month, in pages of 100. */
function hourlyApi() {
  const asked: string[] = [];
  const times = Array.from({ length: 28 * 24 + 12 }, (_, index) => now - index * hour);
  const orders = times.map((at, index) => orderAt(at, 1, 2n * decimalScale, index));
  const pageOf = <Entry>(entries: readonly Entry[], cursor: string | null) => {
    const begin = Number(cursor ?? 0);
    const nextCursor = begin + 100 < entries.length ? String(begin + 100) : null;
    return { page: entries.slice(begin, begin + 100), nextCursor };
  };
  const get = async (path: string) => {
    asked.push(path);
    const url = new URL(path, 'http://localhost');
    const cursor = url.searchParams.get('cursor');
    if (url.pathname === '/status') return answer({ ...statusAt(now, orders), more: 'of a newer version' });
    if (url.pathname === '/orders') {
      const { page, nextCursor } = pageOf(orders, cursor);
      return answer({ orders: page, nextCursor });
    }
    const decisions = times.map((at) => decisionAt(at, decimalScale, 0, 2n * decimalScale));
    const { page, nextCursor } = pageOf(decisions, cursor);
    return answer({ decisions: page, nextCursor });
  };
  return { asked, orders, get };
}
const readFrom = ({ get }: ReturnType<typeof hourlyApi>): ReadApi => {
  return async (path, schema) => v.parse(schema, (await get(path)).body);
};

describe('collecting a period', () => {
  it('reads back page by page, as far as it needs and no further', async () => {
    const api = hourlyApi();
    const { orders, decisions } = await collectPeriod(readFrom(api), { from, to });

    // For the budget of the month, from its first day on.
    expect(orders.length).toBe(api.orders.length);
    expect(orders[0]?.createdAt).toBe('2026-11-01T01:00:00.000Z');
    expect(orders.at(-1)?.createdAt).toBe('2026-11-29T12:00:00.000Z');
    const times = (decisions.get('chat-prime') ?? []).map(({ time }) => time);
    // Lots that lived when the period began came within four hours before it.
    expect(times[0]).toBe('2026-11-28T02:00:00.000Z');
    expect(times.at(-1)).toBe('2026-11-28T17:00:00.000Z');
    expect(times).toEqual(times.toSorted());
    expect(api.asked.filter((path) => path.startsWith('/orders'))).toHaveLength(7);
    expect(api.asked.filter((path) => path.startsWith('/decisions'))).toEqual([
      '/decisions?limit=100&instrument=chat-prime',
    ]);
  });

  it('counts the orders of the period, and the days with what came before and after on them', async () => {
    const api = hourlyApi();
    const summary = summarize(await collectPeriod(readFrom(api), { from, to }));
    expect(summary.totals).toMatchObject({ orders: 12, bought: 12n, spent: 24n * decimalScale });
    expect(summary.days).toMatchObject([
      { orders: 24, spent: 48n * decimalScale, spentInMonth: (27n * 24n - 1n + 24n) * 2n * decimalScale },
    ]);
    // The best ask of the check in the same moment.
    expect(summary.instruments[0]?.market).toEqual({
      units: 12n,
      paid: 24n * decimalScale,
      atAsk: 24n * decimalScale,
    });
    expect(summary.gaps).toEqual([
      'chat-prime: 12 times there was no check for more than 15 minutes, 720 minutes in all. What was used meanwhile is drawn at the end of it.',
    ]);
  });
});

describe('the market of an order', () => {
  const minute = 60_000;
  const marketOf = (readMinutesBefore: number | undefined) => {
    const { bookReadAt: _, ...check } = decisionAt(from, decimalScale, 0, 2n * decimalScale);
    const readAt = new Date(from - (readMinutesBefore ?? 0) * minute).toISOString();
    const decision = readMinutesBefore === undefined ? check : { ...check, bookReadAt: readAt };
    const orders = [orderAt(from + minute, 3, 2n * decimalScale, 1)];
    const decisions = new Map([['chat-prime', [decision]]]);
    return summarize({ period: { from, to }, status: statusAt(now, orders), orders, decisions })
      .instruments[0]?.market;
  };

  it('is the book that was last read, unless that is more than five minutes ago', () => {
    for (const minutes of [0, 4, undefined]) expect(marketOf(minutes)).toMatchObject({ units: 3n });
    for (const minutes of [5, 19]) expect(marketOf(minutes)).toBeUndefined();
  });
});

describe('what is missing', () => {
  const read = async (orders: readonly OrderView[], status = statusAt(now, orders), decisions = [from]) =>
    summarize({
      period: { from, to },
      status,
      orders,
      decisions: new Map([
        ['chat-prime', decisions.map((at) => decisionAt(at, decimalScale, 0, 2n * decimalScale))],
      ]),
    }).gaps;

  it('are orders of others, told by the budget of the month', async () => {
    const [mine, others] = [orderAt(from, 3, 2n * decimalScale, 1), orderAt(from, 2, 2n * decimalScale, 2)];
    const gaps = await read([mine], statusAt(now, [mine, others]));
    expect(gaps[0]).toMatch(/^Orders for 4\.00 USD of 2026-11 are not shown to these credentials\./);
    expect((await read([mine, others])).join()).not.toContain('credentials');
  });

  it('is what open orders still buy', async () => {
    const open = {
      ...orderAt(from, 3, 2n * decimalScale, 1),
      reserved: '6.06',
      filledQuantity: 0,
      spent: '0.00',
    };
    expect((await read([open]))[0]).toMatch(/^1 of the orders are not over/);
  });

  it('are checks: too old, or none at all, or of an instrument that nothing tops up', async () => {
    const old = { ...statusAt(now), time: '2026-12-20T00:00:00.000Z' };
    expect(await read([], old, [])).toEqual([
      'chat-prime: balance, cover and market are not known: checks are kept for 14 days.',
    ]);
    expect(await read([], statusAt(now), [from + 2 * hour])).toEqual([
      'chat-prime: balance, cover and market are known from 2026-11-28 08:00 UTC on: before, there was no check, or none was kept.',
      expect.stringMatching(/^chat-prime: once there was no check .* 600 minutes in all/),
    ]);
    const [instrument] = statusAt(now).instruments;
    const idle = {
      ...statusAt(now),
      instruments: [{ symbol: 'chat-prime', maximumPrice: '2.50', ...instrument, policy: null }],
    };
    expect(await read([], idle, [])).toEqual([
      'chat-prime: nothing tops it up, so that its balance, cover and market are not kept.',
    ]);
  });
});

describe('reading the API', () => {
  it('waits where it is too busy, for as long as it says, and gives up in the end', async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    const answers = [answer({}, 429), answer({}, 503, { 'retry-after': '2' }), answer({ fine: true })];
    expect(await patiently(async () => answers.shift() ?? answer({}, 500), pause)).toMatchObject({
      status: 200,
    });
    expect(pauses).toEqual([250, 2_000]);
    pauses.length = 0;
    expect(await patiently(async () => answer({}, 429), pause)).toMatchObject({ status: 429 });
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000]);
  });
});
