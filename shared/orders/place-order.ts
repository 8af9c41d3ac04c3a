import type { Usd } from '../ledger/decimal.ts';
import { reservationFor } from '../ledger/reservation.ts';
import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { BuyingLimits } from './buying-limits.ts';
import { collarPrice } from './collar.ts';
import type { OrderExchange, PlacementOutcome, PreparedOrder } from './exchange-port.ts';
import { moveOrder } from './life-cycle.ts';
import type { Order, OrderSource, TimeInForce } from './order.ts';
import { type OrderStore, StoreUnavailableError } from './store-port.ts';

/** What placing an order needs. */
export interface PlaceOrderPorts {
  readonly store: OrderStore;
  readonly exchange: OrderExchange;
  readonly clock: Clock;
  /** A fresh random mark. */
  readonly nonce: () => string;
  readonly log: Log;
}

/** One wish to buy. The same order id always means the same wish. */
export interface BuyIntent {
  readonly orderId: string;
  readonly payloadFingerprint: string;
  readonly source: OrderSource;
  readonly principal: string;
  readonly limits: BuyingLimits;
  /** Whole Units. */
  readonly quantity: bigint;
  /** USD per Unit; undefined for a market order, whose limit comes from the book. */
  readonly limitPrice: Usd | undefined;
  readonly timeInForce: TimeInForce;
}

export type PlaceOrderResult =
  /** The order was sent, or is known not to have left; its state says which. */
  | { readonly kind: 'placed'; readonly order: Order; readonly outcome: PlacementOutcome }
  /** There was a record under this id; nothing was sent now. */
  | { readonly kind: 'replayed'; readonly order: Order }
  /** There was a record under this id, of another order; nothing was sent or changed. */
  | { readonly kind: 'payload-differs'; readonly order: Order }
  /** Recorded, but another invocation has the claim or the claim could not be made sure: not sent by us. */
  | { readonly kind: 'not-claimed'; readonly order: Order }
  /** Nothing was recorded: another scheduled order of the instrument is not finished. */
  | { readonly kind: 'slot-taken' }
  /** Nothing was recorded: the book cannot fill a market order at the maximum price. */
  | { readonly kind: 'no-liquidity' };

/** The exchange takes a signature for 30 s, its clock may be 30 s off, and it may need 60 s to list an order. */
const verdictDelayMs = 120_000;

/**
 * Buys once. The order is signed, recorded, claimed, and only then sent, with one POST that nothing repeats; what
 * came of it is recorded last. Wherever this stops, the record tells the next balance check what to find out.
 *
 * @throws StoreUnavailableError if the order could not be recorded; nothing was sent
 * @throws the key source's error if there is no usable signing key; nothing was recorded or sent
 */
export async function placeOrder(ports: PlaceOrderPorts, intent: BuyIntent): Promise<PlaceOrderResult> {
  const limitPrice = intent.limitPrice ?? (await collar(ports, intent));
  if (typeof limitPrice !== 'bigint') return limitPrice;

  const order = newOrder(intent, limitPrice, ports.clock.now(), ports.nonce());
  const prepared = await prepare(ports, order, intent);
  if ('kind' in prepared) return prepared;

  const created = await ports.store.create(order);
  if (created.kind === 'exists') return replay(ports, intent, created.order);
  if (created.kind === 'slot-taken') return created;
  ports.log.info('order-recorded', logFields(order));

  const claimed = await claim(ports, order, prepared);
  if (claimed === undefined) return { kind: 'not-claimed', order };
  const outcome = await ports.exchange.sendOrder(prepared);
  const answered = await recordOutcome(ports, claimed, outcome);
  return { kind: 'placed', order: answered, outcome };
}

/** The limit of a market order; a repetition is answered from its record, whatever the book says now. */
async function collar(ports: PlaceOrderPorts, intent: BuyIntent): Promise<Usd | PlaceOrderResult> {
  const existing = await ports.store.get(intent.orderId);
  if (existing !== undefined) return replay(ports, intent, existing);
  const book = await ports.exchange.getOrderBook(intent.limits.marketId);
  return collarPrice(book, intent.quantity, intent.limits) ?? { kind: 'no-liquidity' };
}

/** Signs the order. Without a usable key a repetition can still be answered. */
async function prepare(
  ports: PlaceOrderPorts,
  order: Order,
  intent: BuyIntent,
): Promise<PreparedOrder | PlaceOrderResult> {
  try {
    return await ports.exchange.prepareOrder({ ...order, clientOrderId: order.orderId });
  } catch (error) {
    const existing = await ports.store.get(order.orderId);
    if (existing === undefined) throw error;
    return replay(ports, intent, existing);
  }
}

function replay(ports: PlaceOrderPorts, intent: BuyIntent, order: Order): PlaceOrderResult {
  if (order.payloadFingerprint !== intent.payloadFingerprint) return { kind: 'payload-differs', order };
  ports.log.info('order-replayed', logFields(order));
  return { kind: 'replayed', order };
}

/** Takes the right to send. When in doubt whether it was taken, the order is not sent. */
async function claim(
  ports: PlaceOrderPorts,
  order: Order,
  prepared: PreparedOrder,
): Promise<Order | undefined> {
  const now = ports.clock.now();
  const { signedAt } = prepared;
  const claimed = moveOrder(
    order,
    { state: 'SUBMITTED', signedAt, sentAt: now, notAfter: signedAt + verdictDelayMs },
    now,
  );
  try {
    if (await ports.store.update(order, claimed)) return claimed;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
  ports.log.warn('order-claim-lost', logFields(order));
  return undefined;
}

/** Records the exchange's answer. If that fails the order stays claimed, and the next check finds it. */
async function recordOutcome(
  ports: PlaceOrderPorts,
  claimed: Order,
  outcome: PlacementOutcome,
): Promise<Order> {
  const answered = moveOrder(claimed, changesBy(outcome), ports.clock.now());
  ports.log.info('order-answered', logFields(answered));
  try {
    if (await ports.store.update(claimed, answered)) return answered;
    return (await ports.store.get(claimed.orderId)) ?? claimed;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    ports.log.error('order-not-recorded-after-answer', logFields(answered));
    return claimed;
  }
}

function changesBy(outcome: PlacementOutcome): Partial<Order> {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'OPEN', exchangeOrderId: outcome.exchangeOrderId };
    case 'refused':
      return { state: 'REJECTED', reason: outcome.code, responseStatus: outcome.status };
    case 'not-sent':
      return { state: 'REJECTED', reason: outcome.code };
    case 'unknown':
      return { state: 'UNKNOWN', reason: outcome.code, responseStatus: outcome.status };
  }
}

function newOrder(intent: BuyIntent, limitPrice: Usd, now: number, nonce: string): Order {
  const { limits, quantity } = intent;
  const date = new Date(now).toISOString();
  return {
    orderId: intent.orderId,
    state: 'PENDING',
    confirmed: false,
    version: 1,
    nonce,
    payloadFingerprint: intent.payloadFingerprint,
    source: intent.source,
    holdsSlot: intent.source === 'schedule',
    principal: intent.principal,
    instrument: limits.symbol,
    marketId: limits.marketId,
    requestedType: intent.limitPrice === undefined ? 'market' : 'limit',
    timeInForce: intent.timeInForce,
    quantity,
    limitPrice,
    feeBasisPoints: limits.feeBasisPoints,
    budgetDay: date.slice(0, 10),
    budgetMonth: date.slice(0, 7),
    reserved: reservationFor(quantity, limitPrice, limits.feeBasisPoints),
    spent: 0n,
    filledQuantity: 0n,
    averagePrice: undefined,
    exchangeOrderId: undefined,
    signedAt: undefined,
    sentAt: undefined,
    notAfter: undefined,
    misses: 0,
    missedAt: undefined,
    cancelRequestedAt: undefined,
    settledAt: undefined,
    reason: undefined,
    responseStatus: undefined,
    createdAt: now,
    updatedAt: now,
  };
}

function logFields(order: Order): Readonly<Record<string, string | number | undefined>> {
  return {
    orderId: order.orderId,
    instrument: order.instrument,
    state: order.state,
    quantity: order.quantity.toString(),
    exchangeOrderId: order.exchangeOrderId,
    reason: order.reason,
    status: order.responseStatus,
  };
}
