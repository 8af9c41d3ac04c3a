import { isForgotten } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** An order without a record would be lost money. */
export const recordsComeFirst: Invariant = {
  number: 'I5',
  sentence:
    'Every order of ours at the exchange has a record that is older; one whose record was lost with the table has it again when the administrator ends the recovery.',
  atPost: (world, { clientOrderId }) =>
    world.store.orders.has(clientOrderId) || mayBeForgotten(world, clientOrderId)
      ? undefined
      : `${clientOrderId} was sent without a record`,
  afterEvent: (world) => {
    const { exchange, store, facts } = world;
    for (const { terms } of exchange.orders) {
      const { clientOrderId } = terms;
      const recordedAt = facts.records.get(clientOrderId)?.recordedAt ?? Infinity;
      const isOnRecord = store.orders.has(clientOrderId) || mayBeForgotten(world, clientOrderId);
      if (!isOnRecord || recordedAt > terms.submittedAt)
        return `${terms.exchangeOrderId} has no older record`;
    }
    return undefined;
  },
};

/** What was on its way when the table was lost arrives while the recovery goes on. */
function mayBeForgotten(world: World, orderId: string): boolean {
  return world.facts.restore === 'recovering' && isForgotten(world, orderId);
}
