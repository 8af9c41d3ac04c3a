import type { OrderExchange } from '../../../shared/orders/exchange-port.ts';
import type { OrderStore } from '../../../shared/orders/store-port.ts';

/** Changes ports on their way to the code under test: how bugs are planted to see whether they are found. */
export interface PortChanges {
  /** Applied under the faults, where effects happen. */
  readonly store: (store: OrderStore) => OrderStore;
  /** Applied above the network, where a client library would be. */
  readonly exchange: (exchange: OrderExchange) => OrderExchange;
}

export const unchangedPorts: PortChanges = {
  store: (store) => store,
  exchange: (exchange) => exchange,
};
