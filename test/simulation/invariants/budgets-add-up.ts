import type { Order } from '../../../shared/orders/order.ts';
import { isWithinAssumptions } from '../faults/fault-plan.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** The ledger's own arithmetic, and the ledger against the records. */
export const budgetsAddUp: Invariant = {
  number: 'I3',
  sentence:
    'In every budget available + reserved + spent = cap, none is negative, and reserved and spent are the sums over its orders. Less than nothing is available only by as much as orders without a limit took beyond what they held, and orders hold that a restored table has taken up.',
  afterEvent: (world) => {
    for (const [period, budget] of world.store.budgets) {
      const { cap, available, reserved, spent } = budget;
      if (available + reserved + spent !== cap) return `${period} does not add up to its cap`;
      if (reserved < 0n || spent < 0n) return `${period} has less than nothing reserved or spent`;
      const excused = overrunOf(world, period) + adoptedIn(world, period);
      if (available + excused < 0n && !mayBeOverrun(world)) return `${period} has ${available} available`;
      const orders = [...world.store.orders.values()].filter((order) => isChargedTo(order, period));
      if (sum(orders, 'reserved') !== reserved) return `${period} reserves other than its orders`;
      if (sum(orders, 'spent') !== spent) return `${period} has spent other than its orders`;
    }
    return undefined;
  },
};

/** After a late sighting the books follow what happened, which may be more than was left. */
function mayBeOverrun({ facts, scenario }: World): boolean {
  const sawLate = [...facts.records.values()].some((record) => record.lateSightings > 0);
  return sawLate && !isWithinAssumptions(scenario);
}

/** Taken up whatever the caps are: the room that they had in the lost table may be used by others in this one. */
function adoptedIn({ facts, store }: World, period: string): bigint {
  let held = 0n;
  for (const order of store.orders.values()) {
    const isAdopted = facts.records.get(order.orderId)?.isAdopted === true;
    if (isAdopted && isChargedTo(order, period)) held += order.reserved + order.spent;
  }
  return held;
}

/** The exchange knows no highest price of an order without a limit. */
function overrunOf({ facts }: World, period: string): bigint {
  let overrun = 0n;
  for (const { first, overrun: own, isAdopted } of facts.records.values())
    if (first.sentType === 'market' && !isAdopted && isChargedTo(first, period)) overrun += own;
  return overrun;
}

function isChargedTo(order: Order, period: string): boolean {
  return order.budgetDay === period || order.budgetMonth === period;
}

function sum(orders: readonly Order[], field: 'reserved' | 'spent'): bigint {
  return orders.reduce((total, order) => total + order[field], 0n);
}
