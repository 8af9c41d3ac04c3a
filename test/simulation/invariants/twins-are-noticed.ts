import type { Invariant } from './invariant.ts';

/** The exchange can make two orders of one request. We cannot prevent it, and must not go on buying. */
export const twinsAreNoticed: Invariant = {
  number: 'D1',
  sentence: 'A second order at the exchange under one client order id opens the breaker.',
  afterHealing: ({ exchange, facts }) => {
    const groups = Map.groupBy(exchange.orders, (order) => order.terms.clientOrderId);
    for (const [clientOrderId, orders] of groups) {
      // A person can tell twins only where both carry the id.
      const isVisible = orders.length > 1 && orders.every((order) => order.terms.showsClientId);
      if (isVisible && !facts.breakerReferences.has(clientOrderId))
        return `nobody noticed the twins of ${clientOrderId}`;
    }
    return undefined;
  },
};
