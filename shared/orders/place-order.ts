import { budgetPeriodsAt } from '../ledger/budget.ts';
import type { Usd } from '../ledger/decimal.ts';
import { reservationFor } from '../ledger/reservation.ts';
import type { Log } from '../observability/log.ts';
import type { Clock } from '../time/clock.ts';
import type { BuyingLimits } from './buying-limits.ts';
import { collarPrice } from './collar.ts';
import type { ControlState } from './control-port.ts';
import { distinctPrices } from './distinct-prices.ts';
import type { OrderExchange, PlacementOutcome, PreparedOrder } from './exchange-port.ts';
import { moveOrder } from './life-cycle.ts';
import type { Order, OrderPurpose, OrderSource, TimeInForce } from './order.ts';
import { unknownPayload } from './order-id.ts';
import { type CreateOutcome, type OrderStore, StoreUnavailableError } from './store-port.ts';
import { oldestSignatureMs, timeNeededMs, verdictDelayMs } from './time-limits.ts';

/** What placing an order needs. */
export interface PlaceOrderPorts {
  readonly store: Pick<OrderStore, 'create' | 'update' | 'get'>;
  readonly exchange: Pick<OrderExchange, 'prepareOrder' | 'sendOrder' | 'getOrderBook'>;
  /** Whether the exchange shows orders with their client order ids; otherwise orders are told apart by their price. */
  readonly clientOrderIdsAreShown: boolean;
  readonly clock: Clock;
  /** When all must be recorded and answered, ms since the epoch. */
  readonly deadline: number;
  /** A fresh random mark. */
  readonly nonce: () => string;
  readonly log: Log;
}

/** One wish to buy. The same order id always means the same wish. */
export interface BuyIntent {
  readonly orderId: string;
  readonly payloadFingerprint: string;
  readonly source: OrderSource;
  /** Of the schedule's orders: each purpose has a slot of its own. */
  readonly purpose?: OrderPurpose;
  readonly principal: string;
  /** What the wish was decided by: the order is recorded only while the settings stay the same. */
  readonly control: Pick<ControlState, 'mode' | 'settingsVersion' | 'limits'>;
  /** Of the instrument, as those settings have it. */
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
  /** Nothing was recorded: another scheduled order of the instrument is not finished, a budget is used up, ... */
  | Exclude<CreateOutcome, { readonly kind: 'created' | 'exists' | 'terms-taken' }>
  /** Nothing was recorded: a caller bids more for a Unit than the settings allow now. */
  | { readonly kind: 'above-maximum-price' }
  /** Nothing was recorded: the book cannot fill a market order at the maximum price. */
  | { readonly kind: 'no-liquidity' }
  /** Nothing was recorded: too many orders with the same terms are unclear, and could not be told from this one. */
  | { readonly kind: 'too-many-alike' }
  /** Nothing was recorded: too little time is left to send it and hear the answer. */
  | { readonly kind: 'no-time' };

const recordAttempts = 4;

/**
 * Buys once. The order is signed, recorded, claimed, and only then sent, with one POST that nothing repeats; what
 * came of it is recorded last. Wherever this stops, the record tells the next balance check what to find out.
 *
 * @throws StoreUnavailableError if the order could not be recorded; nothing was sent
 * @throws the key source's error if there is no usable signing key; nothing was recorded or sent
 */
export async function placeOrder(ports: PlaceOrderPorts, intent: BuyIntent): Promise<PlaceOrderResult> {
  const refused = refusedBySettings(intent);
  if (refused !== undefined) return (await replayIfRecorded(ports, intent)) ?? refused;
  const wantedPrice = intent.limitPrice ?? (await collar(ports, intent));
  if (typeof wantedPrice !== 'bigint') return wantedPrice;
  const recorded = await recordAtDistinctPrice(ports, intent, wantedPrice);
  if ('kind' in recorded) return recorded;
  const { order, prepared } = recorded;
  ports.log.info('order-recorded', logFields(order));

  const claimed = await claim(ports, order, prepared);
  if (claimed === 'stopped') return giveUp(ports, order);
  if (claimed === undefined) return { kind: 'not-claimed', order: await latest(ports, order) };
  const outcome = await send(ports, prepared);
  const answered = await recordOutcome(ports, claimed, outcome);
  return { kind: 'placed', order: answered, outcome };
}

/** What the settings refuse whatever else is so. Mode and breaker are a matter of the transaction that records. */
function refusedBySettings({ control, limits, source, limitPrice }: BuyIntent): PlaceOrderResult | undefined {
  if (control.mode === 'SETTINGS_UNUSABLE') return { kind: 'stopped', why: control.mode };
  if (limits.isPaused) return { kind: 'stopped', why: 'INSTRUMENT_PAUSED' };
  // The schedule may have a higher price for emergencies, which its decisions have been held to.
  const isAbove = source === 'api' && limitPrice !== undefined && limitPrice > limits.maximumPrice;
  return isAbove ? { kind: 'above-maximum-price' } : undefined;
}

/** An order that is recorded, and ready to be sent. */
interface RecordedOrder {
  readonly order: Order;
  readonly prepared: PreparedOrder;
}

/** Records the order: at a lower price than wanted where it could not be told from an unclear one otherwise. */
async function recordAtDistinctPrice(
  ports: PlaceOrderPorts,
  intent: BuyIntent,
  wanted: Usd,
): Promise<RecordedOrder | PlaceOrderResult> {
  const prices = ports.clientOrderIdsAreShown ? [wanted] : distinctPrices(wanted, intent.limits.priceTick);
  for (const price of prices) {
    const recorded = await recordAt(ports, intent, price);
    if (recorded !== 'terms-taken') return recorded;
  }
  return { kind: 'too-many-alike' };
}

async function recordAt(
  ports: PlaceOrderPorts,
  intent: BuyIntent,
  limitPrice: Usd,
): Promise<RecordedOrder | PlaceOrderResult | 'terms-taken'> {
  const order = newOrder(ports, intent, limitPrice);
  const prepared = await prepare(ports, order, intent);
  if ('kind' in prepared) return prepared;
  if (ports.deadline - ports.clock.now() < timeNeededMs) return { kind: 'no-time' };
  const created = await record(ports, order, intent);
  if (created.kind === 'created') return { order, prepared };
  if (created.kind === 'exists') return replay(ports, intent, created.order);
  return created.kind === 'terms-taken' ? 'terms-taken' : created;
}

/** Records the order. If it is in doubt whether that worked, a look decides: the record carries our own mark. */
async function record(
  ports: PlaceOrderPorts,
  order: Order,
  { control }: Pick<BuyIntent, 'control'>,
): Promise<CreateOutcome> {
  try {
    return await ports.store.create(order, control);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const present = await ports.store.get(order.orderId);
    if (present === undefined) throw error;
    return present.nonce === order.nonce ? { kind: 'created' } : { kind: 'exists', order: present };
  }
}

/** Buying was stopped between recording and sending: nothing was sent, and the money is given back at once. */
async function giveUp(ports: PlaceOrderPorts, order: Order): Promise<PlaceOrderResult> {
  const ended: Partial<Order> = { state: 'REJECTED', confirmed: true, reserved: 0n, reason: 'stopped' };
  const rejected = moveOrder(order, ended, ports.clock.now());
  const written = await ports.store.update(order, rejected).catch(() => 'stale');
  return written === 'written'
    ? { kind: 'placed', order: rejected, outcome: { kind: 'not-sent', code: 'stopped' } }
    : { kind: 'not-claimed', order: await latest(ports, order) };
}

/** The record as it is now, if it can be read. */
async function latest(ports: PlaceOrderPorts, order: Order): Promise<Order> {
  const present = await ports.store.get(order.orderId).catch(() => undefined);
  return present ?? order;
}

async function send(ports: PlaceOrderPorts, prepared: PreparedOrder): Promise<PlacementOutcome> {
  const age = ports.clock.now() - prepared.signedAt;
  return age > oldestSignatureMs
    ? { kind: 'not-sent', code: 'signature-too-old' }
    : ports.exchange.sendOrder(prepared);
}

/** The limit of a market order; a repetition is answered from its record, whatever the book says now. */
async function collar(ports: PlaceOrderPorts, intent: BuyIntent): Promise<Usd | PlaceOrderResult> {
  const replayed = await replayIfRecorded(ports, intent);
  if (replayed !== undefined) return replayed;
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
    const replayed = await replayIfRecorded(ports, intent);
    if (replayed === undefined) throw error;
    return replayed;
  }
}

/** The answer from the record, if there is one. */
async function replayIfRecorded(
  ports: PlaceOrderPorts,
  intent: BuyIntent,
): Promise<PlaceOrderResult | undefined> {
  const existing = await ports.store.get(intent.orderId);
  return existing === undefined ? undefined : replay(ports, intent, existing);
}

function replay(ports: PlaceOrderPorts, intent: BuyIntent, order: Order): PlaceOrderResult {
  const isRepetition = [intent.payloadFingerprint, unknownPayload].includes(order.payloadFingerprint);
  if (!isRepetition) return { kind: 'payload-differs', order };
  ports.log.info('order-replayed', logFields(order));
  return { kind: 'replayed', order };
}

/** Takes the right to send. When in doubt whether it was taken, the order is not sent. */
async function claim(
  ports: PlaceOrderPorts,
  order: Order,
  prepared: PreparedOrder,
): Promise<Order | undefined | 'stopped'> {
  const now = ports.clock.now();
  const { signedAt } = prepared;
  const claimed = moveOrder(
    order,
    { state: 'SUBMITTED', signedAt, sentAt: now, notAfter: signedAt + verdictDelayMs },
    now,
  );
  try {
    const outcome = await ports.store.update(order, claimed);
    if (outcome === 'written') return claimed;
    if (outcome === 'stopped') return 'stopped';
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
  ports.log.warn('order-claim-lost', logFields(order));
  return undefined;
}

/**
 * Records the exchange's answer, on top of whatever a balance check may have recorded meanwhile. If that fails the
 * order stays claimed, and the next check finds it.
 */
async function recordOutcome(
  ports: PlaceOrderPorts,
  claimed: Order,
  outcome: PlacementOutcome,
): Promise<Order> {
  const changes = changesBy(outcome);
  let current = claimed;
  try {
    for (let attempt = 1; attempt <= recordAttempts && isAwaitingAnswer(current); attempt += 1) {
      const answered = moveOrder(current, changes, ports.clock.now());
      const written = await ports.store.update(current, answered);
      if (written === 'written') {
        logAnswer(ports.log, answered);
        return answered;
      }
      if (written === 'exchange-id-taken') ports.log.error('exchange-id-taken', logFields(answered));
      current = (await ports.store.get(claimed.orderId)) ?? current;
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    ports.log.error('order-not-recorded-after-answer', {
      ...logFields(current),
      outcome: outcome.kind,
      exchangeOrderId: changes.exchangeOrderId,
    });
  }
  return current;
}

/** Whether nobody has found out yet what became of the order. */
function isAwaitingAnswer(order: Order): boolean {
  return order.state === 'SUBMITTED' || order.state === 'UNKNOWN';
}

/** A key or an account that is refused needs a person; other refusals and unclear answers need attention. */
function logAnswer(log: Log, order: Order): void {
  const fields = logFields(order);
  if (order.responseStatus === 401 || order.responseStatus === 403) log.error('order-answered', fields);
  else if (order.state === 'REJECTED' || order.state === 'UNKNOWN') log.warn('order-answered', fields);
  else log.info('order-answered', fields);
}

function changesBy(outcome: PlacementOutcome): Partial<Order> {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'OPEN', exchangeOrderId: outcome.exchangeOrderId, matchedBy: 'answer' };
    case 'refused':
      return { state: 'REJECTED', reason: outcome.code, responseStatus: outcome.status };
    case 'not-sent':
      return { state: 'REJECTED', reason: outcome.code };
    case 'unknown':
      return { state: 'UNKNOWN', reason: outcome.code, responseStatus: outcome.status };
  }
}

/** Orders that are told apart by their price all have one. */
function sentTypeOf(
  { clientOrderIdsAreShown }: PlaceOrderPorts,
  { limitPrice, limits }: BuyIntent,
): Order['sentType'] {
  const isNative = limitPrice === undefined && limits.nativeMarketOrders && clientOrderIdsAreShown;
  return isNative ? 'market' : 'limit';
}

function newOrder(ports: PlaceOrderPorts, intent: BuyIntent, limitPrice: Usd): Order {
  const { limits, quantity } = intent;
  const now = ports.clock.now();
  const { day, month } = budgetPeriodsAt(now);
  return {
    orderId: intent.orderId,
    state: 'PENDING',
    confirmed: false,
    version: 1,
    nonce: ports.nonce(),
    payloadFingerprint: intent.payloadFingerprint,
    source: intent.source,
    purpose: intent.purpose,
    holdsSlot: intent.purpose !== undefined,
    holdsTerms: !ports.clientOrderIdsAreShown,
    principal: intent.principal,
    instrument: limits.symbol,
    marketId: limits.marketId,
    requestedType: intent.limitPrice === undefined ? 'market' : 'limit',
    sentType: sentTypeOf(ports, intent),
    timeInForce: intent.timeInForce,
    quantity,
    limitPrice,
    feeBasisPoints: limits.feeBasisPoints,
    budgetDay: day,
    budgetMonth: month,
    reserved: reservationFor(quantity, limitPrice, limits.feeBasisPoints),
    spent: 0n,
    filledQuantity: 0n,
    averagePrice: undefined,
    exchangeOrderId: undefined,
    matchedBy: undefined,
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
