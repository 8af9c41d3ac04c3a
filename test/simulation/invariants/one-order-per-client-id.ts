import type { Invariant } from './invariant.ts';

/** What the whole design is for. Where the exchange itself makes twins, it is not ours to prevent. */
export const oneOrderPerClientId: Invariant = {
  number: 'I1',
  sentence: 'Never two orders at the exchange with one client order id.',
  afterEvent: ({ exchange, scenario }) => {
    if (scenario.faultClass === 'D') return undefined;
    const seen = new Set<string>();
    for (const { terms } of exchange.orders) {
      if (seen.has(terms.clientOrderId)) return `two orders carry ${terms.clientOrderId}`;
      seen.add(terms.clientOrderId);
    }
    return undefined;
  },
};
