import { maximum, minimum } from '../ledger/decimal.ts';
import { feeOf, reservationFor } from '../ledger/reservation.ts';
import type { ExchangeOrder } from './exchange-port.ts';
import { isLive, mayMove, moveOrder } from './life-cycle.ts';
import type { Order, OrderState } from './order.ts';

/** A final state counts as confirmed when it is seen again after this long. */
const confirmAfterMs = 60_000;

/**
 * What an order becomes when the exchange shows it so. Only observation moves an order that was sent. Filled
 * Units never shrink, words that we do not know change nothing, and a final state releases its reservation only
 * once a later look agrees.
 *
 * @returns the next version, or undefined if the sight teaches nothing new
 */
export function observeOrder(order: Order, seen: ExchangeOrder, now: number): Order | undefined {
  const filledQuantity = minimum(seen.filledQuantity, order.quantity);
  const isOutOfDate = filledQuantity < order.filledQuantity;
  if (isOutOfDate) return undefined;
  const state = stateSeen(order, seen, filledQuantity);
  if (!mayMove(order.state, state)) return undefined;
  const confirmed =
    state === 'FILLED' || (!isLive(state) && (order.confirmed || isSeenAgain(order, state, now)));
  const changes: Partial<Order> = {
    state,
    confirmed,
    filledQuantity,
    exchangeOrderId: seen.exchangeOrderId,
    averagePrice: seen.averagePrice ?? order.averagePrice,
    reason: seen.closureReason ?? (state === order.state ? order.reason : undefined),
    misses: 0,
    missedAt: undefined,
    ...amounts(order, filledQuantity, seen, confirmed),
  };
  return isNews(order, changes) ? moveOrder(order, changes, now) : undefined;
}

function stateSeen(order: Order, seen: ExchangeOrder, filledQuantity: bigint): OrderState {
  if (filledQuantity >= order.quantity) return 'FILLED';
  switch (seen.status) {
    case 'cancelled':
      return 'CANCELLED';
    case 'expired':
      return 'EXPIRED';
    case 'rejected':
      return filledQuantity > 0n ? 'CANCELLED' : 'REJECTED';
    case 'live':
    case 'filled':
    case 'unknown':
      return filledQuantity > 0n ? 'PARTIALLY_FILLED' : 'OPEN';
  }
}

function isSeenAgain(order: Order, state: OrderState, now: number): boolean {
  return order.state === state && order.settledAt !== undefined && now - order.settledAt >= confirmAfterMs;
}

function amounts(
  order: Order,
  filledQuantity: bigint,
  seen: ExchangeOrder,
  confirmed: boolean,
): Pick<Order, 'spent' | 'reserved'> {
  const remaining = confirmed ? 0n : order.quantity - filledQuantity;
  return {
    spent: maximum(order.spent, costOf(order, filledQuantity, seen)),
    reserved: reservationFor(remaining, order.limitPrice, order.feeBasisPoints),
  };
}

/** What the fills cost; at the limit and with the fee allowance until the exchange says better. */
function costOf(order: Order, filledQuantity: bigint, seen: ExchangeOrder): bigint {
  const isKnown = filledQuantity === order.filledQuantity && seen.averagePrice === undefined;
  if (isKnown) return order.spent;
  const gross = filledQuantity * (seen.averagePrice ?? order.limitPrice);
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
