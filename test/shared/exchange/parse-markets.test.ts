import { describe, expect, it } from 'vitest';
import type { ExactJson } from '../../../shared/exchange/exact-json.ts';
import { type JsonObject, UnreadableAnswer } from '../../../shared/exchange/fields.ts';
import { parseAccountLimits } from '../../../shared/exchange/parse-account-limits.ts';
import { parseMarket, parseOrderBook } from '../../../shared/exchange/parse-markets.ts';
import { parseTrade } from '../../../shared/exchange/parse-trades.ts';

const unit = 100_000_000n;

describe('a market', () => {
  it('names its instruments, whichever field holds them, each once', () => {
    const fields: JsonObject[] = [
      { associated_instruments: ['instrument_1'] },
      { allowed_instruments: ['instrument_1'] },
      { instruments: [{ instrument_id: 'instrument_1', symbol: 'chat-prime' }] },
      { associated_instruments: ['instrument_1'], instruments: [{ id: 'instrument_1' }, 'noise', {}] },
    ];
    for (const field of fields) {
      expect(parseMarket({ market_id: 'market_1', name: 'Chat', status: 'active', ...field })).toEqual({
        marketId: 'market_1',
        name: 'Chat',
        isActive: true,
        instrumentIds: ['instrument_1'],
      });
    }
  });

  it.each(['suspended', 'inactive', 'activ', 'active soon'])('that is %s takes no orders', (status) => {
    expect(parseMarket({ id: 'market_1', status }).isActive).toBe(false);
  });

  it('is not read without id or status', () => {
    expect(() => parseMarket({ status: 'active' })).toThrow(UnreadableAnswer);
    expect(() => parseMarket({ market_id: 'market_1' })).toThrow(UnreadableAnswer);
  });
});

describe('an order book', () => {
  const asks = [
    { price: 200_000_000n, quantity: 3n * unit },
    { price: 245_000_000n, quantity: 5n * unit },
  ];
  const bids = [
    { price: 199_000_000n, quantity: unit },
    { price: 150_000_000n, quantity: 2n * unit },
  ];

  it.each<[string, ExactJson]>([
    [
      'as deployed',
      {
        data: {
          sell: [
            { price: '2.45', quantity: '5', total: '12.25' },
            { price: '2.00', quantity: '3' },
          ],
          buy: [
            { price: '1.5', quantity: '2' },
            { price: '1.99', quantity: '1' },
          ],
        },
      },
    ],
    [
      'in its older form',
      {
        asks: [
          { price: '2.45', size: '5' },
          { price: '2', size: '3' },
        ],
        bids: [
          { price: '1.50', size: '2' },
          { price: '1.99', size: '1' },
        ],
      },
    ],
    [
      'in pairs',
      {
        data: {
          asks: [
            ['2.45', '5'],
            ['2.0', '3', '1'],
          ],
          bids: [
            ['1.5', '2'],
            ['1.99', '1'],
          ],
        },
      },
    ],
  ])('is sorted by us and read %s', (_form, json) => {
    expect(parseOrderBook(json)).toEqual({ asks, bids });
  });

  it('may be empty', () => {
    expect(parseOrderBook({ data: { sell: [], buy: [] } })).toEqual({ asks: [], bids: [] });
  });

  it.each<[string, ExactJson | undefined]>([
    ['no sell side', { data: { buy: [] } }],
    ['no buy side', { data: { sell: [] } }],
    ['a side that is no list', { data: { sell: {}, buy: [] } }],
    ['a level without quantity', { data: { sell: [{ price: '1' }], buy: [] } }],
    ['a level without price', { data: { sell: [], buy: [{ quantity: '1' }] } }],
    ['a negative price', { data: { sell: [{ price: '-1', quantity: '1' }], buy: [] } }],
    ['an exponent', { data: { sell: [['1e-9', '1']], buy: [] } }],
    ['an empty pair', { data: { sell: [[]], buy: [] } }],
    ['a level that is text', { data: { sell: ['2.00'], buy: [] } }],
    ['a list for the book', { data: [] }],
    ['nothing', undefined],
  ])('is not read with %s', (_what, json) => {
    expect(() => parseOrderBook(json)).toThrow(UnreadableAnswer);
  });
});

describe('a trade', () => {
  const deployed: JsonObject = {
    trade_id: 'trade_1',
    order_id: 'order_1',
    market_id: 'market_1',
    side: 'Buy',
    price: '45.50000000',
    quantity: '3',
    fee: '0.025',
    execution_timestamp: '2026-11-23T12:00:00Z',
  };

  it('says what was paid, exactly', () => {
    expect(parseTrade(deployed)).toEqual({
      tradeId: 'trade_1',
      exchangeOrderId: 'order_1',
      marketId: 'market_1',
      side: 'buy',
      price: 4_550_000_000n,
      quantity: 3n,
      fee: 2_500_000n,
      executedAt: Date.UTC(2026, 10, 23, 12),
    });
  });

  it('may lack what is not needed', () => {
    expect(
      parseTrade({ id: 'trade_1', price: '1', size: '2', order_id: null, timestamp: 'soon' }),
    ).toMatchObject({
      exchangeOrderId: undefined,
      fee: 0n,
      executedAt: undefined,
    });
  });

  it.each<[string, Record<string, ExactJson>]>([
    ['id', { trade_id: null }],
    ['price', { price: null }],
    ['quantity', { quantity: null }],
    ['whole quantity', { quantity: '1.5' }],
    ['positive price', { price: '-1' }],
    ['readable fee', { fee: '1e2' }],
  ])('is not read without a %s', (_what, change) => {
    expect(() => parseTrade({ ...deployed, ...change })).toThrow(UnreadableAnswer);
  });
});

describe('the account’s limits', () => {
  it('are read where they are stated, and missing where not', () => {
    const limits = { scope: 'user_market', max_orders_per_second: '7', max_orders_per_minute: '420' };
    expect(parseAccountLimits({ data: { order_rate_limits: limits } })).toEqual({
      ordersPerSecond: 7,
      ordersPerMinute: 420,
    });
    const missing = { ordersPerSecond: undefined, ordersPerMinute: undefined };
    const unreadable = { max_orders_per_second: '-7', max_orders_per_minute: '1e9' };
    for (const json of [undefined, null, [], {}, { data: { order_rate_limits: unreadable } }]) {
      expect(parseAccountLimits(json)).toEqual(missing);
    }
  });
});
