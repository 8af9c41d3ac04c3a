import type { Order } from '../../shared/orders/order.ts';
import type { CreateOutcome, DecidedBy, OrderStore } from '../../shared/orders/store-port.ts';

/** A store that records under the settings of the moment, for tests in which they do not matter. */
export interface DecidingStore extends OrderStore {
  create(order: Order): Promise<CreateOutcome>;
}

export function decidingNow(store: OrderStore, readControl: () => Promise<DecidedBy>): DecidingStore {
  return { ...store, create: async (order) => store.create(order, await readControl()) };
}
