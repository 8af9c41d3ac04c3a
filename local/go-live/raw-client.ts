import type { ExchangeEndpoint } from '../../shared/exchange/endpoint.ts';
import { parseErrorEnvelope } from '../../shared/exchange/error-envelope.ts';
import { type ExactJson, parseExactJson } from '../../shared/exchange/exact-json.ts';
import { idField, isObject, type JsonObject, unwrapData } from '../../shared/exchange/fields.ts';
import { formatUsd, type Usd } from '../../shared/ledger/decimal.ts';
import { signRequest } from '../../shared/signing/request-signature.ts';
import type { SigningKey } from '../../shared/signing/signing-key.ts';
import { createTransport } from '../../shared/transport/transport.ts';
import { Budget } from './budget.ts';
import { costOf, type Terms } from './terms.ts';

/** An answer as it came. */
export interface RawAnswer {
  /** 0 if none came. */
  readonly status: number;
  /** The code of a refusal, or why there is no answer. */
  readonly code: string | undefined;
  readonly json: ExactJson | undefined;
}

export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly resource: string;
  readonly query?: string;
  readonly body?: object;
  /** Signs with a time that is off by so much. */
  readonly clockOffsetSeconds?: number;
  /** Spoils the signature. */
  readonly spoilt?: boolean;
}

/** An order for one Unit. */
export interface RawOrder {
  readonly clientOrderId: string;
  readonly price: Usd;
  readonly timeInForce?: 'gtc' | 'ioc';
  /** @default as the exchange was found to want it */
  readonly quantity?: number | string;
  readonly marketId?: string;
  readonly autotransfer?: boolean;
  readonly clockOffsetSeconds?: number;
}

/**
 * Talks to the exchange without any of the care that production takes: the tests post an id twice on purpose. It never
 * repeats by itself, it bids for one Unit at a time, and it cannot spend more than its budget.
 */
export class RawClient {
  /** How quantities are written; the first accepted order decides. */
  quantityEncoding: 'number' | 'string' = 'number';
  /** Orders that the exchange has named, to be cancelled in the end. */
  readonly placed = new Set<string>();
  /** Client order ids that were sent, whatever came of it. */
  readonly sent = new Set<string>();
  readonly terms: Terms;
  readonly #endpoint: ExchangeEndpoint;
  readonly #key: SigningKey;
  readonly #budget: Budget;
  readonly #transport: ReturnType<typeof createTransport>;

  constructor(endpoint: ExchangeEndpoint, key: SigningKey, terms: Terms, limit: Usd) {
    this.terms = terms;
    this.#endpoint = endpoint;
    this.#key = key;
    this.#budget = new Budget(limit);
    this.#transport = createTransport(endpoint.url);
  }

  async call(request: RawRequest): Promise<RawAnswer> {
    const { method, resource, query, body, clockOffsetSeconds = 0 } = request;
    const target = `${this.#endpoint.pathPrefix}/${resource}`;
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const timestampSeconds = Math.floor(Date.now() / 1000) + clockOffsetSeconds;
    const signed = signRequest(this.#key, { method, target, body: bytes ?? '', timestampSeconds });
    // 64 zero bytes: a signature in the right form over nothing.
    const spoilt = { 'x-thegrid-signature': Buffer.alloc(64).toString('base64') };
    const result = await this.#transport({
      method,
      target: query === undefined ? target : `${target}?${query}`,
      headers: {
        accept: 'application/json',
        ...(bytes === undefined ? {} : { 'content-type': 'application/json' }),
        ...signed,
        ...(request.spoilt === true ? spoilt : {}),
      },
      ...(bytes === undefined ? {} : { body: bytes }),
      timeoutMs: 20_000,
      reuseConnection: false,
    });
    if (result.kind !== 'answer') return { status: 0, code: result.code, json: undefined };
    const code = result.status < 300 ? undefined : parseErrorEnvelope(result.body).code;
    return { status: result.status, code, json: parseExactJson(result.body) };
  }

  /** @throws BudgetError */
  async place(order: RawOrder): Promise<RawAnswer> {
    this.#budget.take(costOf(order.price, this.terms));
    const { clientOrderId, price, timeInForce = 'gtc', autotransfer = false } = order;
    this.sent.add(clientOrderId);
    const answer = await this.call({
      method: 'POST',
      resource: 'orders',
      clockOffsetSeconds: order.clockOffsetSeconds ?? 0,
      body: {
        market_id: order.marketId ?? this.terms.marketId,
        side: 'buy',
        type: 'limit',
        quantity: order.quantity ?? (this.quantityEncoding === 'number' ? 1 : '1'),
        price: formatUsd(price),
        time_in_force: timeInForce,
        client_order_id: clientOrderId,
        ...(autotransfer ? { should_autotransfer: true } : {}),
      },
    });
    const id = orderIdIn(answer);
    if (id !== undefined) this.placed.add(id);
    return answer;
  }

  get(resource: string, query?: string): Promise<RawAnswer> {
    return this.call({ method: 'GET', resource, ...(query === undefined ? {} : { query }) });
  }

  cancel(orderId: string): Promise<RawAnswer> {
    return this.call({ method: 'DELETE', resource: `orders/${encodeURIComponent(orderId)}` });
  }
}

export function isSuccess({ status }: RawAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The answer's object, without its envelope. */
export function objectOf({ json }: RawAnswer): JsonObject {
  const data = unwrapData(json);
  return isObject(data) ? data : {};
}

/** The rows of a list. */
export function rowsOf({ json }: RawAnswer): readonly JsonObject[] {
  const data = unwrapData(json);
  return Array.isArray(data) ? data.filter((row: ExactJson) => isObject(row)) : [];
}

/** The id of the order that an answer speaks of. */
export function orderIdIn(answer: RawAnswer): string | undefined {
  return isSuccess(answer) ? idField(objectOf(answer), 'order_id', 'id') : undefined;
}

/** An answer in a few words, such as `422 DUPLICATE_CLIENT_ORDER_ID`. */
export function inWords({ status, code }: RawAnswer): string {
  if (status === 0) return `no answer (${code ?? 'unknown'})`;
  return code === undefined ? String(status) : `${status} ${code}`;
}
