import { describe, expect, it } from 'vitest';
import type { ModesChange } from '../../../local/exchange/modes.ts';
import { at, CHAT_PRIME_MARKET, column, startWorld, textAt, type World } from './support.ts';

const FAST_MARKET = 'market_1f6b2c94-7d3e-4a58-b0c7-9e2d4f8a6b35';

/** Seven resting orders, one second of market time apart. */
async function worldWithOrders(modes: ModesChange = {}): Promise<World> {
  const world = await startWorld({ sellers: false, modes });
  for (let number = 1; number <= 7; number += 1) {
    world.admin.placeDashboardOrder({
      market: 'chat-prime',
      quantity: number,
      price: '1.00',
      clientOrderId: `buy-${number}`,
    });
    world.admin.setClock({ advanceSeconds: 1 });
  }
  return world;
}

async function quantities(world: World, query: string) {
  return column(await world.call('GET', `/orders?${query}`), 'quantity');
}

/** Follows next cursors as a client does, up to a number of pages. */
async function follow(world: World, query: string, pages: number): Promise<unknown[][]> {
  const seen: unknown[][] = [];
  let cursor: unknown = '';
  while (typeof cursor === 'string' && seen.length < pages) {
    const next = cursor === '' ? '' : `&next=${encodeURIComponent(cursor)}`;
    const answer = await world.call('GET', `/orders?${query}${next}`);
    seen.push(column(answer, 'quantity'));
    cursor = at(answer.json, 'paging', 'next_cursor');
  }
  return seen;
}

describe('paging', () => {
  it('lists oldest first, and follows cursors to the end and back', async () => {
    const world = await worldWithOrders();
    expect(await follow(world, 'limit=3', 9)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(await follow(world, 'limit=3&order_direction=desc', 9)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    const first = await world.call('GET', '/orders?limit=3');
    expect(at(first.json, 'paging')).toMatchObject({ has_more: true, prev_cursor: null });
    const second = await world.call(
      'GET',
      `/orders?limit=3&next=${textAt(first.json, 'paging', 'next_cursor')}`,
    );
    const back = textAt(second.json, 'paging', 'prev_cursor');
    expect(await quantities(world, `limit=3&prev=${back}`)).toEqual([1, 2, 3]);
  });

  it('stays in place when new orders arrive between pages', async () => {
    const world = await worldWithOrders();
    const first = await world.call('GET', '/orders?limit=3&order_direction=desc');
    world.admin.placeDashboardOrder({ market: 'chat-prime', quantity: 9, price: '1.00' });
    const next = textAt(first.json, 'paging', 'next_cursor');
    expect(await quantities(world, `limit=3&order_direction=desc&next=${next}`)).toEqual([4, 3, 2]);
  });

  it('shows 50 rows unless told, and at most 100', async () => {
    const world = await startWorld({ sellers: false });
    for (let number = 0; number < 60; number += 1) {
      world.admin.placeDashboardOrder({ market: 'chat-prime', quantity: 1, price: '1.00' });
    }
    expect(await quantities(world, '')).toHaveLength(50);
    expect(await quantities(world, 'limit=100')).toHaveLength(60);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'next=a&prev=b',
    'next=nonsense',
    'order_direction=up',
    'order_by=colour',
    'start_datetime=soon',
  ])('refuses %s', async (query) => {
    const world = await startWorld();
    expect((await world.call('GET', `/orders?${query}`)).status).toBe(400);
  });
});

describe('filters', () => {
  it('that are flat are honoured', async () => {
    const world = await worldWithOrders();
    world.admin.placeDashboardOrder({ market: FAST_MARKET, quantity: 8, price: '0.50' });
    await world.call('DELETE', `/orders/${world.admin.orders()[1]?.orderId}`);
    expect(await quantities(world, `market_id=${FAST_MARKET}`)).toEqual([8]);
    expect(await quantities(world, 'status=cancelled')).toEqual([2]);
    expect(await quantities(world, 'side=sell')).toEqual([]);
    expect(await quantities(world, 'start_datetime=2026-03-02T09:00:05Z&side=buy')).toEqual([6, 7, 8]);
    const seconds = Date.parse('2026-03-02T09:00:01Z') / 1000;
    expect(await quantities(world, `end_datetime=${seconds}`)).toEqual([1, 2]);
  });

  it('that are nested are ignored, so everything comes back', async () => {
    const world = await worldWithOrders();
    const query = 'filters[0][field]=status&filters[0][value]=filled&flop[filters][0][field]=side';
    expect(await quantities(world, query)).toHaveLength(7);
  });

  it('on status may be ignored, those on markets never', async () => {
    const world = await worldWithOrders({ statusFilter: 'ignored' });
    expect(await quantities(world, `status=filled&market_id=${CHAT_PRIME_MARKET}`)).toHaveLength(7);
    expect(await quantities(world, `status=filled&market_id=${FAST_MARKET}`)).toEqual([]);
  });
});

describe('what real lists get wrong', () => {
  it('null-cursor: there is more, and no way to it', async () => {
    const world = await worldWithOrders({ paging: 'null-cursor' });
    const answer = await world.call('GET', '/orders?limit=3');
    expect(at(answer.json, 'paging')).toMatchObject({ next_cursor: null, has_more: true });
  });

  it('stuck-cursor: the second page leads to itself', async () => {
    const world = await worldWithOrders({ paging: 'stuck-cursor' });
    expect(await follow(world, 'limit=3', 4)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [4, 5, 6],
      [4, 5, 6],
    ]);
  });

  it('repeating: a page starts with the last row of the page before', async () => {
    const world = await worldWithOrders({ paging: 'repeating' });
    expect(await follow(world, 'limit=3', 9)).toEqual([
      [1, 2, 3],
      [3, 4, 5, 6],
      [6, 7],
    ]);
  });

  it('offset: rows move to the next page when new orders arrive', async () => {
    const world = await worldWithOrders({ paging: 'offset' });
    expect(await follow(world, 'limit=3', 9)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    const first = await world.call('GET', '/orders?limit=3&order_direction=desc');
    world.admin.placeDashboardOrder({ market: 'chat-prime', quantity: 9, price: '1.00' });
    const next = textAt(first.json, 'paging', 'next_cursor');
    expect(await quantities(world, `limit=3&order_direction=desc&next=${next}`)).toEqual([5, 4, 3]);
  });

  it('absent: no paging envelope at all', async () => {
    const world = await worldWithOrders({ paging: 'absent' });
    const answer = await world.call('GET', '/orders?limit=3');
    expect(answer.json).toEqual({ data: [expect.anything(), expect.anything(), expect.anything()] });
  });

  it('pages of another size than asked for', async () => {
    const world = await worldWithOrders({ pageSizeOverride: 2 });
    expect(await follow(world, 'limit=100', 9)).toEqual([[1, 2], [3, 4], [5, 6], [7]]);
  });

  it('orders and their changes that show late', async () => {
    const world = await startWorld({ modes: { orderListLagSeconds: 10, orderGetLagSeconds: 3 } });
    const created = await world.buy();
    const id = textAt(created.json, 'data', 'order_id');
    const get = async () => (await world.call('GET', `/orders/${id}`)).status;
    expect([await get(), await quantities(world, '')]).toEqual([404, []]);
    world.admin.setClock({ advanceSeconds: 3 });
    expect([await get(), await quantities(world, '')]).toEqual([200, []]);
    world.admin.setClock({ advanceSeconds: 7 });
    expect(await quantities(world, '')).toEqual([1]);
    expect(column(await world.call('GET', '/trades'), 'order_id')).toEqual([id]);
  });
});
