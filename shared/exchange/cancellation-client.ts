import type { ExchangeOrder, OrderExchange, SeenOrder } from '../orders/exchange-port.ts';
import { cancelOrder } from './cancel-order.ts';
import { noticing } from './familiar-fields.ts';
import { UnreadableAnswer } from './fields.ts';
import { parseOrder } from './parse-orders.ts';
import { ExchangeReadError } from './read-error.ts';
import { objectIn, readParsed } from './read-parsed.ts';
import type { SignedRequestTools } from './signed-requests.ts';

/** What cancelling an order asks of the exchange. */
export type CancellationClient = Pick<OrderExchange, 'cancelOrder' | 'getOrder'>;

/** Builds a client for one invocation that cancels orders: the deadline in its tools is the invocation's. */
export function createCancellationClient(tools: SignedRequestTools): CancellationClient {
  return {
    cancelOrder: (exchangeOrderId) => cancelOrder(tools, exchangeOrderId),
    getOrder: (exchangeOrderId) => getOrder(tools, exchangeOrderId),
  };
}

/**
 * An order with the time at which it was so.
 *
 * @param askedAt by our clock, ms; the answer has told the exchange's time, as a rule
 */
export function shownAt(tools: SignedRequestTools, askedAt: number, order: ExchangeOrder): SeenOrder {
  return { ...order, shownAt: askedAt + (tools.skew.observed ?? 0) };
}

async function getOrder(tools: SignedRequestTools, exchangeOrderId: string): Promise<SeenOrder | undefined> {
  const askedAt = tools.clock.now();
  try {
    const shown = await readParsed(tools, `orders/${encodeURIComponent(exchangeOrderId)}`, (json) => {
      const order = noticing(tools, 'orders', parseOrder)(objectIn(json));
      if (order.exchangeOrderId !== exchangeOrderId) throw new UnreadableAnswer('it is another order');
      return order;
    });
    return shownAt(tools, askedAt, shown);
  } catch (error) {
    if (error instanceof ExchangeReadError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
