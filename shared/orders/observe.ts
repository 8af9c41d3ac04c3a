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
  const filledQuantity = maximum(order.filledQuantity, minimum(seen.filledQuantity, order.quantity));
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

/** Spent is what the fills cost, at the limit until the exchange says better; the rest stays reserved. */
function amounts(
  order: Order,
  filledQuantity: bigint,
  seen: ExchangeOrder,
  confirmed: boolean,
): Pick<Order, 'spent' | 'reserved'> {
  const gross = filledQuantity * (seen.averagePrice ?? order.limitPrice);
  const cost = gross + (seen.fee ?? feeOf(gross, order.feeBasisPoints));
  const spent = maximum(order.spent, cost);
  if (confirmed) return { spent, reserved: 0n };
  const remainder = reservationFor(order.quantity - filledQuantity, order.limitPrice, order.feeBasisPoints);
  return { spent, reserved: remainder };
}

function isNews(order: Order, changes: Partial<Order>): boolean {
  return Object.entries(changes).some(([name, value]) => order[name as keyof Order] !== value);
}
