import * as v from 'valibot';
import { amount, parseAmount, wholeUnits } from '../decimal.ts';
import { isLive, type Order, type OrderRequest } from '../market/order.ts';
import type { Modes } from '../modes.ts';
import type { Answer } from '../wire/exchange-of-messages.ts';
import { parseJsonBody } from '../wire/json-body.ts';
import { answerList } from '../wire/listing.ts';
import { NOT_FOUND, type Problem, problem, problemOf } from '../wire/refusals.ts';
import { findMarket, MARKETS } from '../world.ts';
import { showOrder, statusWord } from './order-words.ts';
import { answerOutcome, type Call, data, type Handlers, isoTime } from './route.ts';

const integerQuantity = v.pipe(
  v.number('must be whole Units'),
  v.safeInteger('must be whole Units'),
  v.transform((count) => wholeUnits(count)),
);
const textQuantity = v.pipe(
  v.string('must be whole Units'),
  v.regex(/^\d{1,15}$/, 'must be whole Units'),
  v.transform((text) => amount(text)),
);

function quantitySchema(modes: Modes) {
  return v.union(
    modes.quantityInput === 'integer' ? [integerQuantity] : [integerQuantity, textQuantity],
    modes.quantityInput === 'integer' ? 'must be a JSON integer' : 'must be whole Units',
  );
}

const price = v.pipe(
  v.string('must be a decimal string'),
  v.check((text) => parseAmount(text) !== undefined, 'must be a decimal string'),
  v.transform((text) => amount(text)),
);
const timeInForce = v.picklist(['gtc', 'ioc', 'fok', 'day'], 'must be gtc, ioc, fok or day');

function createEntries(modes: Modes) {
  return {
    market_id: v.string('must be a market id'),
    side: v.picklist(['buy', 'sell'], 'must be buy or sell'),
    type: v.picklist(['limit', 'market'], 'must be limit or market'),
    quantity: quantitySchema(modes),
    price: v.nullish(price, null),
    time_in_force: v.nullish(timeInForce, 'gtc'),
    client_order_id: v.nullish(v.string('must be a string'), null),
    should_autotransfer: v.nullish(v.boolean('must be true or false'), false),
  };
}

function createSchema(modes: Modes) {
  const entries = createEntries(modes);
  return modes.unknownOrderFields === 'refuse' ? v.strictObject(entries) : v.object(entries);
}

/** In Auto mode the platform trades by itself; orders through the API are refused, reads are not. */
function autoModeProblem({ simulator }: Call): Problem | undefined {
  if (simulator.modes.accountMode === 'advanced') return undefined;
  return problemOf(
    'auto_mode_trading_restricted',
    'Trading through the API is not available in Auto mode',
    simulator.modes,
  );
}

function parseOrder(call: Call): OrderRequest | Problem {
  const body = parseJsonBody(call.request, createSchema(call.simulator.modes));
  if (!('parsed' in body)) return body;
  const { parsed } = body;
  if (parsed.type === 'limit' && parsed.price === null) {
    return problem(400, 'INVALID_PRICE', 'price: a limit order needs one');
  }
  if (parsed.type === 'market' && parsed.price !== null) {
    return problem(400, 'INVALID_PRICE', 'price: a market order has none');
  }
  const market = findMarket(parsed.market_id);
  if (market === undefined || market.marketId !== parsed.market_id) {
    return problemOf('market_not_found', 'Market not found', call.simulator.modes);
  }
  return {
    market,
    side: parsed.side,
    type: parsed.type,
    quantity: parsed.quantity,
    price: parsed.price,
    timeInForce: parsed.time_in_force,
    clientOrderId: parsed.client_order_id,
    autotransfer: parsed.side === 'buy' && parsed.should_autotransfer,
    origin: 'api',
  };
}

function createOrder(call: Call): Answer | Problem {
  const restricted = autoModeProblem(call);
  if (restricted !== undefined) return restricted;
  const request = parseOrder(call);
  if ('code' in request) return request;
  const { engine, modes } = call.simulator.exchange;
  return answerOutcome(engine.place(request), call, (order) =>
    data({ order_id: order.orderId, client_order_id: order.clientOrderId }, modes.createStatus),
  );
}

function show({ simulator }: Call): (order: Order) => object {
  return (order) => showOrder(order, simulator.modes, simulator.userId);
}

function visibleAt({ simulator }: Call, lagSeconds: number): number {
  return simulator.exchange.now - lagSeconds * 1000;
}

function listOrders(call: Call): Answer | Problem {
  const { exchange, modes, userId } = call.simulator;
  const orders = exchange.engine.orders.allAsOf(visibleAt(call, modes.orderListLagSeconds));
  return answerList(
    orders,
    {
      keyOf: (order) => order.orderId,
      timeOf: (order) => order.submittedAt,
      filters: {
        market_id: (order, wanted) => order.market.marketId === wanted,
        trader_id: (_, wanted) => userId === wanted,
        instrument_id: (order, wanted) => order.market.instrument.instrumentId === wanted,
        side: (order, wanted) => order.side === wanted,
        status: (order, wanted) => modes.statusFilter === 'ignored' || statusWord(order, modes) === wanted,
      },
      orderBy: ['submitted_at', 'created_at'],
      show: show(call),
    },
    call.query,
    modes,
  );
}

function getOrder(call: Call): Answer | Problem {
  const { exchange, modes } = call.simulator;
  const order = exchange.engine.orders.findAsOf(call.id, visibleAt(call, modes.orderGetLagSeconds));
  return order === undefined ? NOT_FOUND : data(show(call)(order));
}

function countOrders(call: Call): Answer {
  const { exchange, modes } = call.simulator;
  const live = exchange.engine.orders.allAsOf(visibleAt(call, modes.orderListLagSeconds)).filter(isLive);
  const byMarket = MARKETS.map((market) => ({
    market_id: market.marketId,
    count: live.filter((order) => order.market === market).length,
  })).filter(({ count }) => count > 0);
  return data({ count: live.length, by_market: byMarket });
}

function updateOrder(call: Call): Answer | Problem {
  const restricted = autoModeProblem(call);
  if (restricted !== undefined) return restricted;
  const { engine, modes } = call.simulator.exchange;
  const schema = v.object({
    price: v.optional(price),
    quantity: v.optional(quantitySchema(modes)),
    time_in_force: v.optional(timeInForce),
  });
  const body = parseJsonBody(call.request, schema);
  if (!('parsed' in body)) return body;
  const change = {
    price: body.parsed.price,
    quantity: body.parsed.quantity,
    timeInForce: body.parsed.time_in_force,
  };
  return answerOutcome(engine.replace(call.id, change), call, (order) => data(show(call)(order)));
}

function cancelOrder(call: Call): Answer | Problem {
  const restricted = autoModeProblem(call);
  if (restricted !== undefined) return restricted;
  const { engine, modes } = call.simulator.exchange;
  return answerOutcome(engine.cancel(call.id), call, (order) => {
    if (modes.cancelStatus === 204) return { status: 204 };
    return data({
      order_id: order.orderId,
      status: statusWord(order, modes),
      cancelled_at: order.closedAt === null ? null : isoTime(order.closedAt),
    });
  });
}

function cancelAll(call: Call): Answer | Problem {
  const restricted = autoModeProblem(call);
  if (restricted !== undefined) return restricted;
  const { engine } = call.simulator.exchange;
  const market = call.id === '' ? undefined : findMarket(call.id);
  if (call.id !== '' && market === undefined) return NOT_FOUND;
  return data({ cancelled: engine.cancelAll(market) });
}

/** Placing, reading, changing and cancelling orders. */
export const orderHandlers: Handlers = {
  'POST /orders': createOrder,
  'GET /orders': listOrders,
  'DELETE /orders': cancelAll,
  'DELETE /markets/{id}/orders': cancelAll,
  'GET /orders/count': countOrders,
  'GET /orders/{id}': getOrder,
  'PUT /orders/{id}': updateOrder,
  'DELETE /orders/{id}': cancelOrder,
};
