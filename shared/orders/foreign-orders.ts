import type { ExchangeOrder, OrderScan } from './exchange-port.ts';
import { couldBe } from './match-order.ts';
import type { Order } from './order.ts';
import { isOrderId, isOrderOf } from './order-id.ts';
import type { OrderStore } from './store-port.ts';

/** Orders on our account at the exchange that this stage has not sent. */
export interface OrdersOfOthers {
  /** Sent by other stages of grid-buyer. */
  readonly otherStages: readonly ExchangeOrder[];
  /** Sent by people and other programs. */
  readonly foreign: readonly ExchangeOrder[];
}

/**
 * Tells orders that are not ours from those that are. An order without a client order id is ours if a record has its
 * exchange id, and left open if it may be one that we are still looking for.
 *
 * @param tag the mark of this stage in its order ids
 * @param unlocated orders of ours whose exchange id is not known yet
 */
export async function findOrdersOfOthers(
  store: Pick<OrderStore, 'ownersOf'>,
  tag: string,
  { orders }: OrderScan,
  unlocated: readonly Order[],
): Promise<OrdersOfOthers> {
  const nameless = orders.filter(({ clientOrderId }) => clientOrderId === undefined);
  const owners = await store.ownersOf(nameless.map(({ exchangeOrderId }) => exchangeOrderId));
  const otherStages: ExchangeOrder[] = [];
  const foreign: ExchangeOrder[] = [];
  for (const seen of orders) {
    const { clientOrderId, exchangeOrderId } = seen;
    if (clientOrderId === undefined) {
      const mayBeOurs = unlocated.some((order) => couldBe(order, seen));
      if (!mayBeOurs && !owners.has(exchangeOrderId)) foreign.push(seen);
    } else if (!isOrderId(clientOrderId)) foreign.push(seen);
    else if (!isOrderOf(tag, clientOrderId)) otherStages.push(seen);
  }
  return { otherStages, foreign };
}

/** Whole Units that others have on order, by market: on this account they become stock like our own. */
export function unitsOnOrder({ otherStages, foreign }: OrdersOfOthers): ReadonlyMap<string, bigint> {
  const units = new Map<string, bigint>();
  for (const { marketId, side, status, quantity, filledQuantity } of [...otherStages, ...foreign]) {
    const mayBuy = (side ?? 'buy') === 'buy' && (status === 'live' || status === 'unknown');
    if (!mayBuy || marketId === undefined || quantity === undefined) continue;
    units.set(marketId, (units.get(marketId) ?? 0n) + quantity - filledQuantity);
  }
  return units;
}
