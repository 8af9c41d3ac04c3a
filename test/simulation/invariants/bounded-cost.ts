import type { Order } from '../../../shared/orders/order.ts';
import type { OrderAtExchange } from '../exchange/exchange-order.ts';

const basisPoints = 10_000n;

/** What an order has cost, fees included: without a limit, as far as each fill was at the price that was reserved for. */
export function boundedCost(order: OrderAtExchange, record: Order, exchangeFeeBasisPoints: bigint): bigint {
  if (order.terms.limitPrice !== undefined) return (order.now?.cost ?? 0n) + (order.now?.fee ?? 0n);
  const cost = order.costUpTo(record.limitPrice);
  return cost + (cost * exchangeFeeBasisPoints) / basisPoints;
}
