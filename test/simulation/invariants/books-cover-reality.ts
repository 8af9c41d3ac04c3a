import type { Order } from '../../../shared/orders/order.ts';
import type { OrderAtExchange } from '../exchange/exchange-order.ts';
import type { World } from '../world/world.ts';
import { boundedCost } from './bounded-cost.ts';
import type { Invariant } from './invariant.ts';
import { isPerhapsAnother } from './perhaps-another.ts';

const basisPoints = 10_000n;

/** However late an order becomes known, its money was set aside before. */
export const booksCoverReality: Invariant = {
  number: 'I4',
  sentence:
    'For every order at the exchange the record holds at least its cost and what its open rest can cost, and per day that stays within the cap; of an order without a limit, as far as each fill was at the price that was reserved for, or below. An order that a restored table has taken up around midnight is of the day that it was by the clock of the exchange, and in no cap here.',
  afterEvent: (world) => {
    if (world.scenario.faultClass === 'D') return undefined;
    const perDay = new Map<string, bigint>();
    for (const order of world.exchange.orders) {
      const { clientOrderId } = order.terms;
      const known = world.facts.records.get(clientOrderId);
      if (known === undefined) continue;
      // The cap was kept by what was set aside at first, also for an order that was forgotten since, or taken up at another price.
      const { first } = known;
      const record = world.store.orders.get(clientOrderId);
      const isKnownHole = isBeyondAssumptions(world, first);
      const isOfAnotherDay = known.isAdopted && record?.budgetDay !== first.budgetDay;
      const exposed = isKnownHole || isOfAnotherDay ? 0n : exposureOf(world, order, first);
      perDay.set(first.budgetDay, (perDay.get(first.budgetDay) ?? 0n) + exposed);
      if (record === undefined) continue;
      const exposure = exposureOf(world, order, record);
      if (record.reserved + record.spent < exposure && !isKnownHole) {
        return `${record.orderId} (${record.state}) covers ${record.reserved + record.spent} of ${exposure}`;
      }
    }
    for (const [day, exposure] of perDay) {
      if (exposure > world.store.limits.perDay) return `on ${day} ${exposure} are exposed, above the cap`;
    }
    return undefined;
  },
};

/** Cost and fee, and the open rest at the price that was reserved for. Less what rounding alone can make of it. */
function exposureOf({ scenario }: World, order: OrderAtExchange, record: Order): bigint {
  const { fills = 0 } = order.now ?? {};
  const open = order.remaining * record.limitPrice;
  const openWithFee = open + (open * record.feeBasisPoints) / basisPoints;
  // The exchange rounds each fill's fee up, and the average price that it shows down.
  const rounding = BigInt(fills) + order.filled;
  return boundedCost(order, record, scenario.exchangeFeeBasisPoints) + openWithFee - rounding;
}

/** A refusal that lies, about an order that is admitted after a complete listing has confirmed it. */
function isBeyondAssumptions(world: World, record: Order): boolean {
  const { scenario, facts } = world;
  const wasReleased = facts.records.get(record.orderId)?.wasReleasedUnseen === true;
  return scenario.faultClass === 'B' && (wasReleased || isPerhapsAnother(world, record));
}
