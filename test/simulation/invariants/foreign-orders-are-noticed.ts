import type { Invariant } from './invariant.ts';

/** Two buyers on one account, or somebody else with our key. */
export const foreignOrdersAreNoticed: Invariant = {
  number: 'F1',
  sentence: 'An order of somebody else on the account opens the breaker, where that is configured.',
  afterHealing: ({ exchange, facts, scenario, store }) => {
    if (scenario.foreignOrders !== 'stop') return undefined;
    const ours = new Set(exchange.orders);
    const beganAt = store.auditBeganAt ?? Infinity;
    const unseen = exchange.listed.find(
      (order) =>
        !ours.has(order) &&
        order.terms.submittedAt >= beganAt &&
        !facts.breakerReferences.has(order.terms.exchangeOrderId),
    );
    return unseen === undefined ? undefined : `nobody noticed ${unseen.terms.exchangeOrderId}`;
  },
};
