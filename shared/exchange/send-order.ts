import { formatUsd } from '../ledger/decimal.ts';
import type { OrderToSend, PlacementOutcome, PreparedOrder } from '../orders/exchange-port.ts';
import { classifyPlacement } from './placement-outcome.ts';
import { sendPost, signPost } from './signed-post.ts';
import type { SignedRequestTools } from './signed-requests.ts';
import { type QuantityEncoding, writeQuantity } from './write-quantity.ts';

/** How this exchange likes its orders written. */
export interface OrderDialect {
  readonly quantityEncoding: QuantityEncoding;
  /** Ask for the Units to be moved to consumption with each order; needed where the account's mode does not. */
  readonly requestAutotransfer: boolean;
}

const resource = 'orders';

/** Serialises and signs an order. */
export async function prepareOrder(
  tools: SignedRequestTools,
  dialect: OrderDialect,
  order: OrderToSend,
): Promise<PreparedOrder> {
  const body = orderBody(dialect, order);
  return signPost(tools, { resource, body, reference: order.clientOrderId });
}

/** Sends a prepared order, once, and says what came of it. */
export async function sendOrder(
  tools: SignedRequestTools,
  prepared: PreparedOrder,
): Promise<PlacementOutcome> {
  const { result, reference } = await sendPost(tools, resource, prepared);
  return classifyPlacement(result, reference);
}

function orderBody(dialect: OrderDialect, order: OrderToSend): string {
  const { quantityEncoding, requestAutotransfer } = dialect;
  return JSON.stringify({
    market_id: order.marketId,
    side: 'buy',
    type: order.sentType,
    quantity: writeQuantity(quantityEncoding, order.quantity),
    ...(order.sentType === 'limit' ? { price: formatUsd(order.limitPrice) } : {}),
    time_in_force: order.timeInForce,
    client_order_id: order.clientOrderId,
    ...(requestAutotransfer ? { should_autotransfer: true } : {}),
  });
}
