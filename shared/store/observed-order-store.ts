import type { Order } from '../orders/order.ts';
import type { OrderStore } from '../orders/store-port.ts';

/**
 * The same store, which tells of each step of an order once, after it was written: whoever made it, nobody else can have
 * written the same version.
 */
export function observedOrderStore(
  store: OrderStore,
  onStep: (before: Order, after: Order) => void,
): OrderStore {
  return {
    ...store,
    update: async (before, after) => {
      const outcome = await store.update(before, after);
      if (outcome === 'written') onStep(before, after);
      return outcome;
    },
  };
}
