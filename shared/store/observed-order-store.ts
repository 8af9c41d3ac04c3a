import type { Order } from '../orders/order.ts';
import type { OrderStore } from '../orders/store-port.ts';

/**
 * The same store, which tells of each step of an order once, after it was written: whoever made it, nobody else can have
 * written the same version.
 */
export function observedOrderStore<Store extends Pick<OrderStore, 'update'>>(
  store: Store,
  onStep: (before: Order, after: Order) => void,
): Store {
  return {
    ...store,
    update: async (before, after) => {
      const outcome = await store.update(before, after);
      if (outcome === 'written') onStep(before, after);
      return outcome;
    },
  };
}
