import type { Usd } from '../ledger/decimal.ts';
import type { BuyIntent } from './place-order.ts';
import type { OrderStore } from './store-port.ts';

/** Lower than this many ticks below the wanted price is not bid. */
const mostTicks = 9n;
/** So many unfinished orders are compared. */
const mostCompared = 500;

/**
 * A price at which no unclear order of ours has the same terms, a few ticks below the wanted one if need be. Where the
 * exchange does not show client order ids, an order that is looked for can be told by its terms alone.
 *
 * @returns undefined if all of these prices are taken
 * @throws StoreUnavailableError
 */
export async function distinctPrice(
  store: Pick<OrderStore, 'unfinished'>,
  { orderId, limits, quantity }: Omit<BuyIntent, 'limitPrice'>,
  wanted: Usd,
): Promise<Usd | undefined> {
  const { orders } = await store.unfinished(mostCompared);
  const taken = new Set(
    orders
      .filter((order) => order.orderId !== orderId && order.exchangeOrderId === undefined)
      .filter((order) => order.marketId === limits.marketId)
      // Not by their time in force: listings do not show it.
      .filter((order) => order.quantity === quantity)
      .map((order) => order.limitPrice),
  );
  for (let ticks = 0n; ticks <= mostTicks; ticks += 1n) {
    const price = wanted - ticks * limits.priceTick;
    if (price > 0n && !taken.has(price)) return price;
  }
  return undefined;
}
