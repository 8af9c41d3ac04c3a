import { budgetPeriodsAt } from '../ledger/budget.ts';
import { reservationFor } from '../ledger/reservation.ts';
import type { SeenOrder } from './exchange-port.ts';
import type { Order } from './order.ts';
import { isScheduleOrderId, unknownPayload } from './order-id.ts';
import type { Recovery } from './recovery.ts';
import { verdictDelayMs } from './time-limits.ts';

/** Who placed an adopted order is not known any more: only its hash is left, in its id. */
const unknownPrincipal = 'unknown: restored';

/**
 * The record of an order of ours that only the exchange still knows of. It stands where one stands that was sent and not
 * answered; the next check finds out the rest. With it the caller's key is used, its money is in the books, and what it
 * may still buy counts as on its way.
 *
 * @returns undefined if the exchange says too little of it, or it is not one that this stage would send
 */
export function adoptedOrder(seen: SeenOrder, recovery: Recovery, now: number): Order | undefined {
  const { clientOrderId, marketId, quantity } = seen;
  const market = marketId === undefined ? undefined : recovery.marketOf(marketId);
  const isPurchase = (seen.side ?? 'buy') === 'buy';
  if (clientOrderId === undefined || marketId === undefined || market === undefined) return undefined;
  if (quantity === undefined || !isPurchase) return undefined;
  // Of an order without a limit that is not filled yet, or was not, no price is shown: it is charged like the dearest.
  const limitPrice = seen.limitPrice ?? seen.averagePrice ?? market.maximumPrice;
  const sentAt = seen.submittedAt ?? now;
  const { day, month } = budgetPeriodsAt(sentAt);
  const sentType = seen.limitPrice === undefined ? 'market' : 'limit';
  return {
    orderId: clientOrderId,
    state: 'SUBMITTED',
    confirmed: false,
    version: 1,
    nonce: recovery.nonce(),
    payloadFingerprint: unknownPayload,
    source: isScheduleOrderId(clientOrderId) ? 'schedule' : 'api',
    purpose: undefined,
    holdsSlot: false,
    holdsTerms: false,
    principal: unknownPrincipal,
    instrument: market.symbol,
    marketId,
    requestedType: sentType,
    sentType,
    timeInForce: 'gtc',
    quantity,
    limitPrice,
    feeBasisPoints: market.feeBasisPoints,
    budgetDay: day,
    budgetMonth: month,
    reserved: reservationFor(quantity, limitPrice, market.feeBasisPoints),
    spent: 0n,
    filledQuantity: 0n,
    averagePrice: undefined,
    exchangeOrderId: undefined,
    matchedBy: undefined,
    signedAt: sentAt,
    sentAt,
    notAfter: sentAt + verdictDelayMs,
    misses: 0,
    missedAt: undefined,
    cancelRequestedAt: undefined,
    settledAt: undefined,
    reason: 'adopted',
    responseStatus: undefined,
    createdAt: sentAt,
    updatedAt: now,
  };
}
