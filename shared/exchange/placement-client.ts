import type { OrderExchange } from '../orders/exchange-port.ts';
import { parseOrderBook } from './parse-markets.ts';
import { readParsed } from './read-parsed.ts';
import { type OrderDialect, prepareOrder, sendOrder } from './send-order.ts';
import type { SignedRequestTools } from './signed-requests.ts';

/** What placing an order asks of the exchange. */
export type PlacementClient = Pick<OrderExchange, 'prepareOrder' | 'sendOrder' | 'getOrderBook'>;

const defaultBookDepth = 100;

/** Builds a client for one invocation that places orders: the deadline in its tools is the invocation's. */
export function createPlacementClient(tools: SignedRequestTools, dialect: OrderDialect): PlacementClient {
  return {
    prepareOrder: (order) => prepareOrder(tools, dialect, order),
    sendOrder: (prepared) => sendOrder(tools, prepared),
    getOrderBook: (marketId) =>
      readParsed(
        tools,
        `markets/${encodeURIComponent(marketId)}/orderbook`,
        parseOrderBook,
        `depth=${defaultBookDepth}`,
      ),
  };
}
