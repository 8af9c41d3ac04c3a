import { isGivenUp } from './given-up.ts';
import type { Invariant } from './invariant.ts';

/** Where the exchange takes longer than it may, the audit is what is left. */
export const lateOrdersAreNoticed: Invariant = {
  number: 'D2',
  sentence: 'An order that comes to be after it was given up is found by the audit.',
  afterHealing: ({ exchange, store, scenario }) => {
    if (scenario.faultClass !== 'B') return undefined;
    for (const { terms } of exchange.orders) {
      const record = store.orders.get(terms.clientOrderId);
      if (record !== undefined && terms.showsClientId && isGivenUp(record))
        return `nobody noticed ${record.orderId}`;
    }
    return undefined;
  },
};
