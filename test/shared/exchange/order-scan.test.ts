import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, computedTransport, queryOf, scriptedTransport } from './support/answers.ts';
import { clientWith, testEpoch } from './support/client-tools.ts';
import { cutIntoPages, orderRow, pagedTransport } from './support/pages.ts';

const minute = 60_000;
const since = testEpoch - 30 * minute;

/** Orders that were submitted so many minutes ago, in this order. */
const ago = (...minutes: readonly number[]) =>
  minutes.map((one) => orderRow(`order_${one}`, testEpoch - one * minute));

describe('a scan of the orders', () => {
  it('asks for the newest first, since that time, a hundred at once, and goes on by the cursor', async () => {
    const { transport, requests } = pagedTransport([ago(1, 2), ago(3)]);
    await clientWith({ transport }).scanOrders(since);
    const queries = requests.map((request) => Object.fromEntries(queryOf(request)));
    const asked = { order_direction: 'desc', start_datetime: new Date(since).toISOString(), limit: '100' };
    expect(queries).toEqual([asked, { ...asked, next: '1' }]);
    expect(requests[0]?.target).toMatch(/^\/api\/v1\/trading\/orders\?/);
  });

  it('writes a cursor so that nothing in it can change the query', async () => {
    const cursor = 'a&limit=1#?+/= é';
    const { transport, requests } = scriptedTransport(
      answer(200, { data: ago(1), paging: { next_cursor: cursor, has_more: true } }),
      answer(200, { data: [] }),
    );
    await clientWith({ transport }).scanOrders(since);
    expect(requests.map((request) => queryOf(request).getAll('next'))).toEqual([[], [cursor]]);
    expect(requests.map((request) => queryOf(request).getAll('limit'))).toEqual([['100'], ['100']]);
  });

  it('stops once the newest-first list has passed the time', async () => {
    const { transport, requests } = pagedTransport([ago(1, 2), ago(29, 31), ago(32, 33), ago(34)]);
    const { orders, complete } = await clientWith({ transport }).scanOrders(since);
    expect(orders.map((order) => order.exchangeOrderId)).toEqual([
      'order_1',
      'order_2',
      'order_29',
      'order_31',
    ]);
    expect({ complete, pages: requests.length }).toEqual({ complete: true, pages: 2 });
  });

  it.each<[string, Record<string, unknown>[][]]>([
    ['is oldest first', [ago(90, 80), ago(70, 60), ago(5, 1)]],
    ['turns to oldest first later', [ago(5, 10), ago(40, 35), ago(2, 1)]],
    ['holds only one time on its first page', [ago(50), ago(40), ago(1)]],
    ['repeats one old time', [[...ago(50), orderRow('order_x', testEpoch - 50 * minute)], ago(1)]],
    [
      'holds an order without a time',
      [[{ ...orderRow('order_x', 0), submitted_at: null }, ...ago(40, 50)], ago(1)],
    ],
  ])('goes on to the end when the list %s', async (_what, pages) => {
    const { transport, requests } = pagedTransport(pages);
    const { orders, complete } = await clientWith({ transport }).scanOrders(since);
    expect(orders.map((order) => order.exchangeOrderId)).toContain('order_1');
    expect({ complete, pages: requests.length }).toEqual({ complete: true, pages: pages.length });
  });

  it('keeps what it could read and is incomplete when one row cannot be read', async () => {
    const { transport } = pagedTransport([[...ago(1), { order_id: 'order_2', quantity: -5 }, ...ago(3)]]);
    const { orders, complete } = await clientWith({ transport }).scanOrders(since);
    expect(orders.map((order) => order.exchangeOrderId)).toEqual(['order_1', 'order_3']);
    expect(complete).toBe(false);
  });

  it('is incomplete after 200 pages', async () => {
    const { transport, requests } = computedTransport((request) => {
      const at = Number(queryOf(request).get('next') ?? '0');
      const data = [orderRow(`order_${at}`, testEpoch - 1000 * minute + at)];
      return answer(200, { data, paging: { next_cursor: String(at + 1), has_more: true } });
    });
    const { orders, complete } = await clientWith({ transport }).scanOrders(since);
    expect({ complete, orders: orders.length, pages: requests.length }).toEqual({
      complete: false,
      orders: 200,
      pages: 200,
    });
  });

  it('keeps what it has read when a later page fails, and is not complete', async () => {
    const { transport } = scriptedTransport(
      answer(200, { data: ago(1), paging: { next_cursor: 'c', has_more: true } }),
      answer(403, { errors: { detail: 'forbidden' } }),
    );
    const scan = await clientWith({ transport }).scanOrders(since);
    expect(scan.complete).toBe(false);
    expect(scan.orders).toHaveLength(1);
  });

  it('throws when the first page fails', async () => {
    const { transport } = scriptedTransport(answer(403, { errors: { detail: 'forbidden' } }));
    await expect(clientWith({ transport }).scanOrders(since)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is complete at an empty page that says it is the last, whatever its cursor', async () => {
    const { transport } = scriptedTransport(
      answer(200, { data: ago(1), paging: { next_cursor: 'c', has_more: true } }),
      answer(200, { data: [], paging: { next_cursor: 'd', has_more: false } }),
    );
    expect((await clientWith({ transport }).scanOrders(since)).complete).toBe(true);
  });
});

describe('a complete scan over pages of any size', () => {
  const anyPages = fc.record({
    ages: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 }),
    order: fc.constantFrom('newest first', 'oldest first', 'as it comes'),
    sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 40 }),
    overlap: fc.integer({ min: 0, max: 2 }),
  });

  it('holds every order since the time, and each order once', async () => {
    const property = fc.asyncProperty(anyPages, async ({ ages, order, sizes, overlap }) => {
      const sorted = ages.toSorted((a, b) => a - b);
      const listed = order === 'as it comes' ? ages : order === 'newest first' ? sorted : sorted.toReversed();
      const cut = cutIntoPages(listed, sizes).filter((page) => page.length > 0);
      // Rows that new orders pushed to the next page come again there.
      const repeated = (page: readonly number[] = []) => (overlap === 0 ? [] : page.slice(-overlap));
      const pages = cut.map((page, at) => [...repeated(cut[at - 1]), ...page]);
      const { transport } = pagedTransport(pages.map((page) => ago(...page)));
      const scan = await clientWith({ transport }).scanOrders(order === 'as it comes' ? 0 : since);
      const found = scan.orders.map((one) => one.exchangeOrderId);
      const wanted = listed
        .filter((age) => order === 'as it comes' || age <= 30)
        .map((age) => `order_${age}`);
      expect(scan.complete).toBe(true);
      expect(new Set(found).size).toBe(found.length);
      expect(new Set(found).isSupersetOf(new Set(wanted))).toBe(true);
      if (order !== 'newest first') expect(found).toHaveLength(listed.length);
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
