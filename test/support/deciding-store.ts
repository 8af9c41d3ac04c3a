import type { Order } from '../../shared/orders/order.ts';
import type { CreateOutcome, DecidedBy, OrderStore } from '../../shared/orders/store-port.ts';

/** A store that records under the settings of the moment, for tests in which they do not matter. */
export interface DecidingStore extends OrderStore {
  create(order: Order): Promise<CreateOutcome>;
  /** Records under settings that were read before. */
  createDecidedBy(order: Order, control: DecidedBy): Promise<CreateOutcome>;
  readControl(): Promise<DecidedBy>;
}

export function decidingNow(store: OrderStore, readControl: () => Promise<DecidedBy>): DecidingStore {
  return {
    ...store,
    readControl,
    createDecidedBy: (order, control) => store.create(order, control),
    create: async (order) => store.create(order, await readControl()),
  };
}
