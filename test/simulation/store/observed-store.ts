import type { Order } from '../../../shared/orders/order.ts';
import type { OrderStore } from '../../../shared/orders/store-port.ts';

/** One write that took effect. */
export interface StoreWrite {
  readonly before: Order | undefined;
  readonly after: Order;
}

/** A store that tells of every write that takes effect, at the moment it does. */
export function observeStore(store: OrderStore, onWrite: (write: StoreWrite) => void): OrderStore {
  return {
    ...store,
    create: async (order) => {
      const creating = store.create(order);
      const outcome = await creating;
      if (outcome.kind === 'created') onWrite({ before: undefined, after: order });
      return outcome;
    },
    update: async (before, after) => {
      const outcome = await store.update(before, after);
      if (outcome === 'written') onWrite({ before, after });
      return outcome;
    },
  };
}
