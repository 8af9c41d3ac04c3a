import { type Amount, multiply, toJsonNumber, toText } from '../decimal.ts';
import type { PriceLevel } from '../market/order-book.ts';
import type { Answer } from '../wire/exchange-of-messages.ts';
import { answerList } from '../wire/listing.ts';
import { NOT_FOUND, type Problem, problem } from '../wire/refusals.ts';
import { MARKETS, type Market } from '../world.ts';
import { showPublicTrade } from './order-words.ts';
import { type Call, data, type Handler, type Handlers, isoTime } from './route.ts';

const DAY = 86_400_000;
/** When the simulated markets were opened: a fixed past, so that it is the same in every run. */
const OPENED_AT = Date.UTC(2026, 0, 1);

function showMarket(market: Market, { simulator }: Call): object {
  const { instrument } = market;
  return {
    market_id: market.marketId,
    name: market.name,
    description: null,
    market_type: 'spot',
    status: simulator.exchange.engine.isSuspended(market) ? 'suspended' : 'active',
    associated_instruments: [instrument.instrumentId],
    instruments: [
      { instrument_id: instrument.instrumentId, instrument_type: 'inference', symbol: instrument.symbol },
    ],
    order_controls: {
      tick_size: toText(market.priceTick),
      lot_size: 1,
      min_order_size: 1,
      max_order_size: market.maximumQuantity,
    },
    created_at: isoTime(OPENED_AT),
    updated_at: isoTime(OPENED_AT),
  };
}

/** Serves a route below `/markets/{id}`. */
function ofMarket(serve: (market: Market, call: Call) => Answer | Problem): Handler {
  return (call) => {
    const market = MARKETS.find(({ marketId }) => marketId === call.id);
    return market === undefined ? NOT_FOUND : serve(market, call);
  };
}

function listMarkets(call: Call): Answer | Problem {
  const { engine } = call.simulator.exchange;
  return answerList(
    MARKETS,
    {
      keyOf: (market) => market.marketId,
      timeOf: () => OPENED_AT,
      filters: {
        market_id: (market, wanted) => market.marketId === wanted,
        status: (market, wanted) => (engine.isSuspended(market) ? 'suspended' : 'active') === wanted,
      },
      orderBy: ['created_at', 'name'],
      show: (market) => showMarket(market, call),
    },
    call.query,
    call.simulator.modes,
  );
}

function priceText(price: Amount | null): string | null {
  return price === null ? null : toText(price, 2);
}

function showTicker(market: Market, { simulator }: Call): Answer {
  const { engine, now } = simulator.exchange;
  const trades = engine.trades().filter((trade) => trade.market === market);
  const last = trades.at(-1);
  const book = engine.book(market);
  const recent = trades.filter((trade) => trade.executedAt > now - DAY);
  return data({
    market_id: market.marketId,
    last_price: priceText(last?.price ?? null),
    last_trade_quantity: last === undefined ? null : toJsonNumber(last.quantity),
    last_trade_timestamp: last === undefined ? null : isoTime(last.executedAt),
    highest_bid: priceText(book.best('buy')),
    lowest_ask: priceText(book.best('sell')),
    volume_24h: toJsonNumber(recent.reduce((sum, trade) => sum + trade.quantity, 0n)),
  });
}

function showLevel(level: PriceLevel): object {
  return {
    price: toText(level.price, 2),
    quantity: toJsonNumber(level.quantity),
    total: toText(multiply(level.price, level.quantity), 2),
    order_count: level.orderCount,
  };
}

function showLegacyLevel({ price, quantity }: PriceLevel): object {
  return { price: toText(price, 2), size: toText(quantity) };
}

function showTuple({ price, quantity }: PriceLevel): readonly string[] {
  return [toText(price, 2), toText(quantity)];
}

function showOrderBook(market: Market, { simulator, query }: Call): Answer | Problem {
  const depthText = query.get('depth') ?? '20';
  const depth = /^\d{1,3}$/.test(depthText) ? Number(depthText) : 0;
  if (depth < 1 || depth > 100) return problem(400, 'INVALID_REQUEST', 'depth must be from 1 to 100');
  const book = simulator.exchange.engine.book(market);
  const buy = book.levels('buy', depth);
  const sell = book.levels('sell', depth);
  const about = { market_id: market.marketId, timestamp: isoTime(simulator.exchange.now) };
  switch (simulator.modes.orderBookShape) {
    case 'buy-sell':
      return data({ ...about, buy: buy.map(showLevel), sell: sell.map(showLevel) });
    case 'bids-asks':
      return data({ ...about, bids: buy.map(showLegacyLevel), asks: sell.map(showLegacyLevel) });
    case 'tuples':
      return data({ ...about, bids: buy.map(showTuple), asks: sell.map(showTuple) });
  }
}

function listPublicTrades(market: Market, { simulator, query }: Call): Answer | Problem {
  return answerList(
    simulator.exchange.engine.trades().filter((trade) => trade.market === market),
    {
      keyOf: (trade) => trade.tradeId,
      timeOf: (trade) => trade.executedAt,
      filters: {},
      orderBy: ['execution_timestamp'],
      show: showPublicTrade,
    },
    query,
    simulator.modes,
  );
}

/** Market data. */
export const marketHandlers: Handlers = {
  'GET /markets': listMarkets,
  'GET /markets/{id}': ofMarket((market, call) => data(showMarket(market, call))),
  'GET /markets/{id}/ticker': ofMarket(showTicker),
  'GET /markets/{id}/orderbook': ofMarket(showOrderBook),
  'GET /markets/{id}/trades': ofMarket(listPublicTrades),
};
