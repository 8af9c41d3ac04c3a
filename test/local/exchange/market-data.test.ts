import { describe, expect, it } from 'vitest';
import { at, CHAT_PRIME_MARKET, column, orderIdOf, startWorld, textAt } from './support.ts';

const asks = [
  { price: '2.10', quantity: 4 },
  { price: '2.00', quantity: 1 },
  { price: '2.00', quantity: 2 },
];

describe('market data', () => {
  it('sums the book up by price, best price first, to the depth asked for', async () => {
    const world = await startWorld();
    world.admin.setBook({ market: 'chat-prime', asks, bids: [{ price: '1.90', quantity: 7 }] });
    const { json } = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/orderbook`);
    expect(at(json, 'data')).toMatchObject({
      buy: [{ price: '1.90', quantity: 7, total: '13.30', order_count: 1 }],
      sell: [
        { price: '2.00', quantity: 3, total: '6.00', order_count: 2 },
        { price: '2.10', quantity: 4, total: '8.40', order_count: 1 },
      ],
    });
    const shallow = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/orderbook?depth=1`);
    expect(at(shallow.json, 'data', 'sell')).toHaveLength(1);
    expect((await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/orderbook?depth=0`)).status).toBe(400);
  });

  it.each([
    [
      'bids-asks',
      [
        { price: '2.00', size: '3' },
        { price: '2.10', size: '4' },
      ],
    ],
    [
      'tuples',
      [
        ['2.00', '3'],
        ['2.10', '4'],
      ],
    ],
  ] as const)('words the book as older deployments did: %s', async (orderBookShape, expected) => {
    const world = await startWorld({ modes: { orderBookShape } });
    world.admin.setBook({ market: 'chat-prime', asks });
    const { json } = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/orderbook`);
    expect(at(json, 'data', 'asks')).toEqual(expected);
  });

  it('shows no price where there is none, and the last trade where there is', async () => {
    const world = await startWorld({ sellers: false });
    const ticker = async () =>
      at((await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/ticker`)).json, 'data');
    expect(await ticker()).toMatchObject({
      last_price: null,
      highest_bid: null,
      lowest_ask: null,
      volume_24h: 0,
    });
    world.admin.setBook({ market: 'chat-prime', asks });
    await world.buy();
    expect(await ticker()).toMatchObject({ last_price: '2.00', lowest_ask: '2.00', volume_24h: 1 });
    const trades = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}/trades`);
    expect(column(trades, 'price')).toEqual(['2.00000000']);
  });

  it('leads from a market to its instrument and back', async () => {
    const world = await startWorld();
    const market = await world.call('GET', `/markets/${CHAT_PRIME_MARKET}`);
    const instrumentId = textAt(market.json, 'data', 'associated_instruments', 0);
    const byId = await world.call('GET', `/instruments/${instrumentId}`);
    const bySymbol = await world.call('GET', '/instruments/by-symbol/chat-prime');
    expect(byId.json).toEqual(bySymbol.json);
    expect(at(byId.json, 'data')).toMatchObject({
      symbol: 'chat-prime',
      ai_specs: { tokens_per_unit: 1_000_000 },
      trading_params: { min_quantity: 1, max_quantity: 10_000 },
    });
    expect(column(await world.call('GET', '/instruments?symbol=chat-fast'), 'symbol')).toEqual(['chat-fast']);
    expect(column(await world.call('GET', '/markets'), 'status')).toEqual(['active', 'active', 'active']);
  });

  it('gives 404 for rows that do not exist and paths that cannot be read', async () => {
    const world = await startWorld();
    const paths = [
      '/markets/market_x/orderbook',
      '/instruments/instrument_x',
      '/orders/order_x',
      '/consumption-accounts/account_x',
      '/trading-accounts/account_x',
      '/trades/trade_x',
      '/orders/%E0%A4%A',
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await world.call('GET', path)).status));
    expect(statuses).toEqual(paths.map(() => 404));
  });

  it('tells who asks, under which limits, and at what time', async () => {
    const world = await startWorld();
    expect(at((await world.call('GET', '/me')).json, 'data', 'account_mode')).toBe('advanced');
    const limits = await world.call('GET', `/account/limits?market_id=${CHAT_PRIME_MARKET}`);
    expect(at(limits.json, 'data', 'order_rate_limits')).toMatchObject({
      max_orders_per_second: 7,
      max_orders_per_minute: 420,
    });
    const { json } = await world.call('GET', '/diagnostics');
    const skew = Date.parse(textAt(json, 'data', 'server_time')) - Date.now();
    expect(Math.abs(skew)).toBeLessThan(5000);
  });
});

describe('selling', () => {
  it('locks Units, and pays their value when somebody buys them', async () => {
    const world = await startWorld({ modes: { transfer: 'off', feeRate: '0.01' } });
    world.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 3 }] });
    await world.buy({ quantity: 3 });
    const sell = { side: 'sell', quantity: 2, price: '3.00', client_order_id: 'sell-1' };
    const id = orderIdOf(await world.buy(sell));
    const accounts = await world.call('GET', '/trading-accounts');
    expect(at(accounts.json, 'data', 0)).toMatchObject({
      total_balance: '3',
      available_balance: '1',
      locked_balance: '2',
    });
    expect((await world.buy({ ...sell, client_order_id: 'sell-2' })).status).toBe(422);
    expect(world.admin.fillOrder({ orderId: id, units: 1 }).filled).toBe('1');
    expect(world.admin.money()).toMatchObject({ proceeds: '3.00', fees: '0.09', available: '996.91' });
    expect(world.admin.units()['chat-prime']).toMatchObject({ bought: '3', sold: '1', inTrading: '2' });
  });
});
