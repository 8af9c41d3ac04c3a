import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { CancelOutcome, OrderExchange } from './exchange-port.ts';
import { isLive, moveOrder } from './life-cycle.ts';
import { isLateSighting, isOverrun, observeOrder } from './observe.ts';
import type { Order } from './order.ts';
import type { OrderStore } from './store-port.ts';

/** What asking for a cancellation needs. */
export interface AskToCancelPorts {
  readonly store: Pick<OrderStore, 'get' | 'update'>;
  readonly exchange: Pick<OrderExchange, 'cancelOrder'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What cancelling needs. */
export interface CancelOrderPorts extends AskToCancelPorts {
  readonly exchange: Pick<OrderExchange, 'cancelOrder' | 'getOrder'>;
}

export type CancelOrderResult =
  | { readonly kind: 'not-found' }
  /** It is over already; nothing was asked of the exchange. */
  | { readonly kind: 'already-final'; readonly order: Order }
  /** The exchange has not told us its id yet, so it cannot be cancelled there. */
  | { readonly kind: 'not-located'; readonly order: Order }
  /** The exchange was asked. The order as it was seen afterwards: it may have been filled meanwhile. */
  | { readonly kind: 'asked'; readonly order: Order; readonly outcome: CancelOutcome };

/**
 * Cancels one of our own orders. The record follows what is observed afterwards, never the exchange's answer to
 * the request: an order can be filled while it is being cancelled.
 *
 * @throws StoreUnavailableError, or the exchange client's error if there is no usable signing key
 */
export async function cancelOrder(ports: CancelOrderPorts, orderId: string): Promise<CancelOrderResult> {
  const order = await ports.store.get(orderId);
  if (order === undefined) return { kind: 'not-found' };
  if (!isLive(order.state)) return { kind: 'already-final', order };
  if (order.exchangeOrderId === undefined) return { kind: 'not-located', order };

  const { marked, outcome } = await askToCancel(ports, order, order.exchangeOrderId);
  return { kind: 'asked', order: await look(ports, marked, order.exchangeOrderId), outcome };
}

/**
 * Asks the exchange to cancel an order, and notes that it was asked. What becomes of the order is seen later.
 *
 * @throws StoreUnavailableError, or the exchange client's error if there is no usable signing key
 */
export async function askToCancel(
  ports: AskToCancelPorts,
  order: Order,
  exchangeOrderId: string,
): Promise<{ readonly marked: Order; readonly outcome: CancelOutcome }> {
  const marked = await markRequested(ports, order);
  const outcome = await ports.exchange.cancelOrder(exchangeOrderId);
  const code = outcome.kind === 'requested' ? undefined : outcome.code;
  ports.log.info('order-cancel-asked', { orderId: order.orderId, outcome: outcome.kind, code });
  return { marked, outcome };
}

async function markRequested(ports: AskToCancelPorts, order: Order): Promise<Order> {
  if (order.cancelRequestedAt !== undefined) return order;
  const now = ports.clock.now();
  const marked = moveOrder(order, { cancelRequestedAt: now }, now);
  return (await ports.store.update(order, marked)) === 'written' ? marked : current(ports, order);
}

/**
 * What the exchange shows now. Trouble in looking leaves the record to the next balance check, and so does what the rules
 * exclude: that opens the breaker before it writes.
 */
async function look(ports: CancelOrderPorts, order: Order, exchangeOrderId: string): Promise<Order> {
  const seen = await ports.exchange.getOrder(exchangeOrderId).catch((error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.warn('order-read-failed', { orderId: order.orderId, error: name });
    return undefined;
  });
  const next = seen === undefined ? undefined : observeOrder(order, seen, ports.clock.now());
  if (next === undefined || isOverrun(order, next) || isLateSighting(order, next)) return order;
  return (await ports.store.update(order, next)) === 'written' ? next : current(ports, order);
}

async function current(ports: AskToCancelPorts, order: Order): Promise<Order> {
  return (await ports.store.get(order.orderId)) ?? order;
}
