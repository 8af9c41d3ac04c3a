import { isFinished } from '../../../shared/orders/life-cycle.ts';
import type { Invariant } from './invariant.ts';

/** Two ticks that see the same shortage must not both buy. */
export const oneScheduledOrder: Invariant = {
  number: 'I9',
  sentence:
    'At most one scheduled order of an instrument and purpose is unfinished, beside those that a restored table has taken up.',
  afterEvent: ({ store, facts }) => {
    const busy = new Set<string>();
    for (const order of store.orders.values()) {
      if (order.source !== 'schedule' || isFinished(order)) continue;
      // Given up, its instrument was bought again, and then it came: covered by the books, and not to be prevented.
      const { lateSightings = 0, isAdopted = false } = facts.records.get(order.orderId) ?? {};
      if (isAdopted || (lateSightings > 0 && !order.holdsSlot)) continue;
      const slot = `${order.instrument} ${order.purpose}`;
      if (busy.has(slot)) return `two scheduled orders of ${slot} are unfinished`;
      busy.add(slot);
    }
    return undefined;
  },
};
