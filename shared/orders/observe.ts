import { maximum, minimum } from '../ledger/decimal.ts';
import { feeOf, reservationFor } from '../ledger/reservation.ts';
import type { ExchangeOrder, SeenOrder } from './exchange-port.ts';
import { isLive, mayMove, moveOrder } from './life-cycle.ts';
import type { Order, OrderState } from './order.ts';

/** A final state counts as confirmed when the exchange shows it again after this long. */
const confirmAfterMs = 60_000;

/**
 * What an order becomes when the exchange shows it so. Only observation moves an order that was sent. Filled
 * Units never shrink, words that we do not know change nothing, and a final state releases its reservation only
 * once a later look agrees.
 *
 * @returns the next version, or undefined if the sight teaches nothing new
 */
export function observeOrder(order: Order, seen: SeenOrder, now: number): Order | undefined {
  const filledQuantity = minimum(seen.filledQuantity, order.quantity);
  const isOutOfDate = filledQuantity < order.filledQuantity;
  if (isOutOfDate) return undefined;
  const state = stateSeen(order, seen, filledQuantity);
  if (!mayMove(order.state, state)) return undefined;
  const confirmed = !isLive(state) && (order.confirmed || isSeenAgain(order, state, seen.shownAt));
  const changes: Partial<Order> = {
    state,
    confirmed,
    filledQuantity,
    exchangeOrderId: seen.exchangeOrderId,
    matchedBy: order.matchedBy ?? 'client-order-id',
    averagePrice: seen.averagePrice ?? order.averagePrice,
    reason: seen.closureReason ?? (state === order.state ? order.reason : undefined),
    misses: 0,
    missedAt: undefined,
    ...(isLive(state) || state === order.state ? {} : { settledAt: seen.shownAt }),
    ...amounts(order, filledQuantity, seen, confirmed),
  };
  return isNews(order, changes) ? moveOrder(order, changes, now) : undefined;
}

/**
 * What is wrong if the exchange shows another order than the one we sent: its side, market, client order id or
 * quantity, or more filled than was asked for. Undefined if it is ours, as far as it says.
 */
export function mismatchOf(order: Order, seen: ExchangeOrder): string | undefined {
  if ((seen.clientOrderId ?? order.orderId) !== order.orderId) return 'other-client-order-id';
  if ((seen.side ?? 'buy') !== 'buy') return 'other-side';
  if ((seen.marketId ?? order.marketId) !== order.marketId) return 'other-market';
  if ((seen.quantity ?? order.quantity) !== order.quantity) return 'other-quantity';
  return seen.filledQuantity > order.quantity ? 'filled-too-much' : undefined;
}

function stateSeen(order: Order, seen: ExchangeOrder, filledQuantity: bigint): OrderState {
  if (filledQuantity >= order.quantity) return 'FILLED';
  switch (seen.status) {
    case 'cancelled':
    case 'expired':
    case 'rejected':
      return finalStateSeen(order, seen.status, filledQuantity);
    case 'live':
    case 'filled':
    case 'unknown':
      return filledQuantity > 0n ? 'PARTIALLY_FILLED' : 'OPEN';
  }
}

/** The exchange has several words for the same end; the first that was recorded stays. */
function finalStateSeen(
  order: Order,
  word: 'cancelled' | 'expired' | 'rejected',
  filledQuantity: bigint,
): OrderState {
  if (order.state === 'CANCELLED' || order.state === 'EXPIRED') return order.state;
  if (word === 'expired') return 'EXPIRED';
  return word === 'rejected' && filledQuantity === 0n ? 'REJECTED' : 'CANCELLED';
}

/** A complete fill cannot be taken back, so one look is enough. */
function isSeenAgain(order: Order, state: OrderState, shownAt: number): boolean {
  if (state === 'FILLED') return true;
  const { settledAt } = order;
  return order.state === state && settledAt !== undefined && shownAt - settledAt >= confirmAfterMs;
}

/**
 * Whether an order takes more from its budgets than was reserved for it: a fee above the allowance, a price above
 * the limit, or a fill after the end. Fees are rounded up at each fill, which is no overrun.
 */
export function isOverrun(before: Order, after: Order): boolean {
  const rounding = after.quantity;
  return after.reserved + after.spent > before.reserved + before.spent + rounding;
}

/** Whether an order that was over has moved, or has been filled further. */
export function isLateSighting(before: Order, after: Order): boolean {
  const hasChanged = before.state !== after.state || before.filledQuantity !== after.filledQuantity;
  return !isLive(before.state) && hasChanged;
}

/** What was spent never shrinks; what is not filled stays reserved until the end is confirmed. */
function amounts(
  order: Order,
  filledQuantity: bigint,
  seen: ExchangeOrder,
  confirmed: boolean,
): Pick<Order, 'spent' | 'reserved'> {
  const remaining = confirmed ? 0n : order.quantity - filledQuantity;
  return {
    spent: maximum(order.spent, costOf(order, filledQuantity, seen)),
    // The books cover what may still come, even where that is more than was reserved: see `isOverrun`.
    reserved: reservationFor(remaining, order.limitPrice, order.feeBasisPoints),
  };
}

/** What the fills cost; at the limit and with the fee allowance where the exchange does not say. */
function costOf(order: Order, filledQuantity: bigint, seen: ExchangeOrder): bigint {
  const isKnown = filledQuantity === order.filledQuantity && seen.averagePrice === undefined;
  if (isKnown) return order.spent;
  const gross = seen.filledQuantity * (seen.averagePrice ?? order.limitPrice);
  return gross + (seen.fee ?? feeOf(gross, order.feeBasisPoints));
}

/** What an observation can change. */
const observedFields = [
  'state',
  'confirmed',
  'filledQuantity',
  'exchangeOrderId',
  'averagePrice',
  'reason',
  'misses',
  'spent',
  'reserved',
] as const satisfies readonly (keyof Order)[];

function isNews(order: Order, changes: Partial<Order>): boolean {
  const next = { ...order, ...changes };
  return observedFields.some((name) => next[name] !== order[name]);
}
