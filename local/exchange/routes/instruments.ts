import { toText } from '../decimal.ts';
import type { Answer } from '../wire/exchange-of-messages.ts';
import { answerList } from '../wire/listing.ts';
import { NOT_FOUND, type Problem } from '../wire/refusals.ts';
import { MARKETS, type Market, TOKENS_PER_UNIT } from '../world.ts';
import { type Call, data, type Handlers } from './route.ts';

/** There is one market for each instrument, so an instrument is shown by its market. */
function showInstrument({ instrument }: Market): object {
  return {
    instrument_id: instrument.instrumentId,
    symbol: instrument.symbol,
    name: instrument.name,
    instrument_type: 'inference',
    status: 'active',
  };
}

function showDetail(market: Market, { simulator }: Call): object {
  const last = simulator.exchange.engine.trades().findLast((trade) => trade.market === market);
  return {
    ...showInstrument(market),
    ai_specs: { tokens_per_unit: TOKENS_PER_UNIT },
    trading_params: { min_quantity: 1, max_quantity: market.maximumQuantity, quantity_increment: 1 },
    last_trade_price: last === undefined ? null : toText(last.price, 2),
  };
}

function listInstruments(call: Call): Answer | Problem {
  return answerList(
    MARKETS,
    {
      keyOf: ({ instrument }) => instrument.instrumentId,
      timeOf: () => 0,
      filters: {
        symbol: ({ instrument }, wanted) => instrument.symbol === wanted,
        instrument_type: (_, wanted) => wanted === 'inference',
        status: (_, wanted) => wanted === 'active',
      },
      orderBy: ['created_at', 'symbol'],
      show: showInstrument,
    },
    call.query,
    call.simulator.modes,
  );
}

function getInstrument(call: Call): Answer | Problem {
  const market = MARKETS.find(({ instrument }) => instrument.instrumentId === call.id);
  return market === undefined ? NOT_FOUND : data(showDetail(market, call));
}

function getInstrumentBySymbol(call: Call): Answer | Problem {
  const market = MARKETS.find(({ instrument }) => instrument.symbol === call.id.toLowerCase());
  return market === undefined ? NOT_FOUND : data(showDetail(market, call));
}

/** What is traded. */
export const instrumentHandlers: Handlers = {
  'GET /instruments': listInstruments,
  'GET /instruments/{id}': getInstrument,
  'GET /instruments/by-symbol/{symbol}': getInstrumentBySymbol,
};
