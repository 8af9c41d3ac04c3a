import type { ExchangeOrder, SeenOrder } from './exchange-port.ts';
import { mismatchOf } from './observe.ts';
import type { Order } from './order.ts';
import { scanMarginMs } from './time-limits.ts';

/** Whether an order that is listed without a client order id may be this one, by its terms and its time. */
export function couldBe(order: Order, seen: ExchangeOrder): boolean {
  if (seen.clientOrderId !== undefined || mismatchOf(order, seen) !== undefined) return false;
  if ((seen.limitPrice ?? order.limitPrice) !== order.limitPrice) return false;
  const submittedAt = seen.submittedAt ?? order.createdAt;
  return submittedAt >= order.createdAt - scanMarginMs && submittedAt <= (order.notAfter ?? submittedAt);
}

/**
 * The one listed order that must be this one although none carries a client order id: no other listed order fits its
 * terms, and it fits no other order of ours that is being looked for.
 *
 * @param candidates listed orders without a client order id that belong to no record
 * @param unlocated all orders of ours whose exchange id is not known
 */
export function matchByTerms(
  order: Order,
  candidates: readonly SeenOrder[],
  unlocated: readonly Order[],
): SeenOrder | undefined {
  const fitting = candidates.filter((seen) => couldBe(order, seen));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return undefined;
  const rivals = unlocated.filter((other) => other.orderId !== order.orderId && couldBe(other, only));
  return rivals.length === 0 ? only : undefined;
}
