import { formatUsd } from '../ledger/decimal.ts';
import type { CancelOutcome, OrderToSend, PlacementOutcome, PreparedOrder } from '../orders/exchange-port.ts';
import { signRequest } from '../signing/request-signature.ts';
import { parseErrorEnvelope } from './error-envelope.ts';
import { classifyPlacement } from './placement-outcome.ts';
import { learnSkew, pathOf, type SignedRequestTools, signatureTime } from './signed-requests.ts';
import type { HttpRequest } from './transport.ts';

/** How this exchange likes its orders written. */
export interface OrderDialect {
  /** Whole Units as a JSON number (the exchange's guide) or as a string (its own client). */
  readonly quantityEncoding: 'number' | 'string';
  /** Ask for the Units to be moved to consumption with each order; needed where the account's mode does not. */
  readonly requestAutotransfer: boolean;
}

const postTimeoutMs = 8_000;
/** With less time than this left, an answer could not be waited for. */
const shortestPostMs = 1_000;

/** A signed order together with the one request that may carry it. */
class SignedOrder implements PreparedOrder {
  readonly signedAt: number;
  readonly clientOrderId: string;
  #request: HttpRequest | undefined;

  constructor(clientOrderId: string, signedAt: number, request: HttpRequest) {
    this.clientOrderId = clientOrderId;
    this.signedAt = signedAt;
    this.#request = request;
  }

  /** Hands out the request, the first time only. */
  takeRequest(): HttpRequest {
    const request = this.#request;
    if (request === undefined) throw new Error('This order was sent before; an order is sent once.');
    this.#request = undefined;
    return request;
  }
}

/** Serialises and signs an order. The bytes that are signed are the bytes that will be sent. */
export async function prepareOrder(
  tools: SignedRequestTools,
  dialect: OrderDialect,
  order: OrderToSend,
): Promise<PreparedOrder> {
  const key = await tools.signingKey();
  const target = pathOf(tools.endpoint, 'orders');
  const body = Buffer.from(orderBody(dialect, order), 'utf8');
  const timestampSeconds = signatureTime(tools);
  const request: HttpRequest = {
    method: 'POST',
    target,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': order.clientOrderId,
      ...signRequest(key, { method: 'POST', target, body, timestampSeconds }),
    },
    body,
    timeoutMs: postTimeoutMs,
    reuseConnection: false,
  };
  return new SignedOrder(order.clientOrderId, timestampSeconds * 1000 - tools.skew.offset, request);
}

/**
 * Sends a prepared order over a connection of its own and says what came of it. Nothing repeats the request.
 *
 * @throws Error if it was sent before
 */
export async function sendOrder(
  tools: SignedRequestTools,
  prepared: PreparedOrder,
): Promise<PlacementOutcome> {
  if (!(prepared instanceof SignedOrder))
    throw new Error('Only an order that this client prepared can be sent.');
  const request = prepared.takeRequest();
  const remaining = tools.deadline - tools.clock.now();
  if (remaining < shortestPostMs) return { kind: 'not-sent', code: 'deadline-passed' };
  const result = await tools.transport({ ...request, timeoutMs: Math.min(postTimeoutMs, remaining) });
  // For the next order: this one is never sent again.
  if (result.kind === 'answer' && result.status === 401) learnSkew(tools, result);
  return classifyPlacement(result, prepared.clientOrderId);
}

/** Asks the exchange to cancel one order. */
export async function cancelOrder(
  tools: SignedRequestTools,
  exchangeOrderId: string,
): Promise<CancelOutcome> {
  const key = await tools.signingKey();
  const target = pathOf(tools.endpoint, `orders/${encodeURIComponent(exchangeOrderId)}`);
  const result = await tools.transport({
    method: 'DELETE',
    target,
    headers: {
      accept: 'application/json',
      ...signRequest(key, { method: 'DELETE', target, body: '', timestampSeconds: signatureTime(tools) }),
    },
    timeoutMs: Math.max(shortestPostMs, Math.min(postTimeoutMs, tools.deadline - tools.clock.now())),
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
    quantity: quantityEncoding === 'number' ? Number(order.quantity) : order.quantity.toString(),
    ...(order.sentType === 'limit' ? { price: formatUsd(order.limitPrice) } : {}),
    time_in_force: order.timeInForce,
    client_order_id: order.clientOrderId,
    ...(requestAutotransfer ? { should_autotransfer: true } : {}),
  });
}
