import { describe, expect, it } from 'vitest';
import { at, matching, orderIdOf, startWorld, textAt, type World } from './support.ts';

const instrument_id = 'instrument_c18a986c-522b-475a-b319-f2d0ba04a64d';

async function held(world: World): Promise<unknown> {
  return at((await world.call('GET', '/consumption-accounts')).json, 'data', 0, 'total_balance');
}

async function inTrading(world: World): Promise<unknown> {
  return at((await world.call('GET', '/trading-accounts')).json, 'data', 0, 'available_balance');
}

const advance = (world: World, advanceSeconds: number) => world.admin.setClock({ advanceSeconds });

describe('Units that were bought', () => {
  it('immediate: are in Consumption at once', async () => {
    const world = await startWorld();
    await world.buy();
    expect([await held(world), await inTrading(world)]).toEqual(['1', '0']);
  });

  it('delayed: follow after the configured time', async () => {
    const world = await startWorld({ modes: { transfer: 'delayed', transferDelaySeconds: 90 } });
    await world.buy();
    expect([await held(world), await inTrading(world)]).toEqual([undefined, '1']);
    advance(world, 89);
    expect(await held(world)).toBeUndefined();
    advance(world, 1);
    expect([await held(world), await inTrading(world)]).toEqual(['1', '0']);
  });

  it('opt-in: stay in Trading unless the order asked for the transfer', async () => {
    const world = await startWorld({ modes: { transfer: 'opt-in' } });
    await world.buy({ quantity: 2 });
    expect([await held(world), await inTrading(world)]).toEqual([undefined, '2']);
    await world.buy({ client_order_id: 'buy-2', should_autotransfer: true });
    expect([await held(world), await inTrading(world)]).toEqual(['1', '2']);
  });

  it('sweep: move at the next of the six times of day, open sell orders included', async () => {
    const world = await startWorld({ modes: { transfer: 'sweep' } });
    await world.buy({ quantity: 3 });
    const sell = { side: 'sell', price: '9.00', quantity: 2, client_order_id: 'sell-1' };
    const sellId = orderIdOf(await world.buy(sell));
    advance(world, 3 * 3600 - 1);
    expect(await held(world)).toBeUndefined();
    advance(world, 1);
    expect([await held(world), await inTrading(world)]).toEqual(['3', '0']);
    const order = await world.call('GET', `/orders/${sellId}`);
    expect(at(order.json, 'data')).toMatchObject({
      status: 'closed',
      closure_reason: 'swept_to_consumption',
    });
  });

  it('off: move only when the client asks, all or nothing', async () => {
    const world = await startWorld({ modes: { transfer: 'off' } });
    await world.buy({ quantity: 2, should_autotransfer: true });
    const move = (quantity: unknown) =>
      world.call('POST', '/transfers/trading-to-consumption', { instrument_id, quantity });
    expect((await move(3)).status).toBe(422);
    expect((await move(0)).status).toBe(422);
    expect((await move(0.5)).status).toBe(400);
    const moved = await move('2');
    expect(moved).toMatchObject({
      status: 200,
      json: { status: 'success', transfer_id: matching(/^transfer_/) },
    });
    expect([await held(world), await inTrading(world)]).toEqual(['2', '0']);
    const history = await world.call('GET', '/transfers/histories');
    expect(at(history.json, 'data')).toMatchObject([
      { instrument_id, quantity: 2, transfer_type: 'requested' },
    ]);
    expect((await world.call('GET', '/transfer-histories')).json).toEqual(history.json);
    world.admin.setModes({ transferAnswer: 'data' });
    await world.buy({ client_order_id: 'buy-2' });
    expect((await move(1)).json).toMatchObject({ data: { status: 'success', quantity: 1 } });
    const unknown = { instrument_id: 'instrument_x', quantity: 1 };
    expect((await world.call('POST', '/transfers/trading-to-consumption', unknown)).status).toBe(404);
  });
});

describe('Units in Consumption', () => {
  it('expire four hours after they entered, not after they were bought', async () => {
    const world = await startWorld({ modes: { transfer: 'delayed', transferDelaySeconds: 600 } });
    await world.buy();
    advance(world, 600 + 4 * 3600 - 1);
    expect(await held(world)).toBe('1');
    advance(world, 1);
    expect(await held(world)).toBe('0');
    expect(world.admin.units()['chat-prime']).toMatchObject({ bought: '1', expired: '1', held: '0' });
  });

  it('are burnt on market time, the oldest Lot first, down to fractions', async () => {
    const world = await startWorld();
    await world.buy({ quantity: 2 });
    advance(world, 3 * 3600);
    await world.buy({ quantity: 2, client_order_id: 'buy-2' });
    world.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: '0.0125' });
    advance(world, 3600);
    // 0.75 were burnt from the first Lot, and its other 1.25 expired just now.
    expect(world.admin.units()['chat-prime']).toMatchObject({ consumed: '0.75', expired: '1.25', held: '2' });
    expect(await held(world)).toBe('2');
    advance(world, 60);
    expect(await held(world)).toBe('1.9875');
    expect(world.admin.truth().conserved).toBe(true);
  });

  it('that are missing leave demand unmet', async () => {
    const world = await startWorld();
    world.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: '1' });
    advance(world, 120);
    expect(world.admin.units()['chat-prime']).toMatchObject({ unmet: '2', consumed: '0' });
  });

  it('may come from outside and be used up at once', async () => {
    const world = await startWorld();
    world.admin.grantUnits({ instrument: 'chat-prime', units: 5 });
    world.admin.consumeUnits({ instrument: 'chat-prime', units: '1.5' });
    expect(await held(world)).toBe('3.5');
    expect(world.admin.units()['chat-prime']).toMatchObject({ granted: '5', bought: '0', conserved: true });
  });
});

async function balancesIn(modes: object): Promise<unknown> {
  const world = await startWorld({ modes });
  world.admin.grantUnits({ instrument: 'chat-prime', units: 3 });
  world.admin.consumeUnits({ instrument: 'chat-prime', units: '0.75' });
  const list = await world.call('GET', '/consumption-accounts');
  const one = at(list.json, 'data', 0);
  const single = await world.call('GET', `/consumption-accounts/${textAt(one, 'account_id')}`);
  expect(at(single.json, 'data')).toEqual(one);
  const names = ['available_balance', 'uncommitted_balance', 'committed_balance', 'total_balance'];
  return Object.fromEntries(names.map((name) => [name, at(one, name)]));
}

describe('the words for a balance', () => {
  const none = undefined;

  it.each([
    ['available', {}, ['2.25', none, none, '2.25']],
    ['available', { balanceEncoding: 'number' }, [2.25, none, none, 2.25]],
    ['available', { floorBalances: true }, ['2', none, none, '2']],
    ['uncommitted', {}, [none, 2.25, 0, 2.25]],
    ['both', {}, ['2.25', 2.25, 0, '2.25']],
    ['committed', { balanceEncoding: 'number' }, [0, 0, 2.25, 2.25]],
    ['missing', {}, [none, none, none, none]],
  ] as const)('%s %o', async (balanceFields, more, [available, uncommitted, committed, total]) => {
    expect(await balancesIn({ balanceFields, ...more })).toEqual({
      available_balance: available,
      uncommitted_balance: uncommitted,
      committed_balance: committed,
      total_balance: total,
    });
  });

  it('has no row for an instrument that was never held, unless the mode says so', async () => {
    const world = await startWorld();
    expect(at((await world.call('GET', '/consumption-accounts')).json, 'data')).toEqual([]);
    world.admin.setModes({ emptyAccountRows: true });
    expect(at((await world.call('GET', '/consumption-accounts')).json, 'data')).toMatchObject([
      { total_balance: '0' },
      { total_balance: '0' },
      { total_balance: '0' },
    ]);
  });

  it('can be behind the truth, for Units and for USD', async () => {
    const world = await startWorld({ sellers: false, modes: { balanceLagSeconds: 30 } });
    world.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 9 }] });
    advance(world, 60);
    await world.buy();
    const usd = async () =>
      at((await world.call('GET', '/currency-trading-accounts')).json, 'data', 0, 'available_balance');
    expect([await held(world), await usd()]).toEqual([undefined, '1000.00']);
    advance(world, 30);
    expect([await held(world), await usd()]).toEqual(['1', '998.00']);
  });
});
