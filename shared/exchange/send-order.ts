import { formatUsd } from '../ledger/decimal.ts';
import type { CancelOutcome, OrderToSend, PlacementOutcome, PreparedOrder } from '../orders/exchange-port.ts';
import { signRequest } from '../signing/request-signature.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { classifyPlacement } from './placement-outcome.ts';
import { sendPost, signPost } from './signed-post.ts';
import { pathOf, type SignedRequestTools, signatureTime } from './signed-requests.ts';
import { type QuantityEncoding, writeQuantity } from './write-quantity.ts';

/** How this exchange likes its orders written. */
export interface OrderDialect {
  readonly quantityEncoding: QuantityEncoding;
  /** Ask for the Units to be moved to consumption with each order; needed where the account's mode does not. */
  readonly requestAutotransfer: boolean;
}

const resource = 'orders';
const cancelTimeoutMs = 8_000;
/** A cancellation is tried even when this little time is left. */
const shortestCancelMs = 1_000;

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

/** Asks the exchange to cancel one order. */
export async function cancelOrder(
  tools: SignedRequestTools,
  exchangeOrderId: string,
): Promise<CancelOutcome> {
  const key = await tools.signingKey();
  const target = pathOf(tools.endpoint, `${resource}/${encodeURIComponent(exchangeOrderId)}`);
  const result = await tools.transport({
    method: 'DELETE',
    target,
    headers: {
      accept: 'application/json',
      ...signRequest(key, { method: 'DELETE', target, body: '', timestampSeconds: signatureTime(tools) }),
    },
    timeoutMs: Math.max(shortestCancelMs, Math.min(cancelTimeoutMs, tools.deadline - tools.clock.now())),
    reuseConnection: false,
  });
  if (result.kind !== 'answer') return { kind: 'unknown', code: result.code };
  if (result.status >= 200 && result.status < 300) return { kind: 'requested' };
  const code = parseErrorEnvelope(result.body).code ?? `http-${result.status}`;
  const isDefinite = result.status >= 400 && result.status < 500 && result.status !== 408;
  return isDefinite ? { kind: 'refused', status: result.status, code } : { kind: 'unknown', code };
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
