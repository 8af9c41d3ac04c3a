import { isLive } from '../../../shared/orders/life-cycle.ts';
import type { Order, OrderState } from '../../../shared/orders/order.ts';
import type { OrderAtExchange } from '../exchange/exchange-order.ts';
import type { World } from '../world/world.ts';
import { boundedCost } from './bounded-cost.ts';
import { isGivenUp } from './given-up.ts';
import type { Invariant } from './invariant.ts';
import { isPerhapsAnother } from './perhaps-another.ts';

/** Safety alone could be had by doing nothing: when the faults stop, everything must come out. */
export const recordsEqualTheExchange: Invariant = {
  number: 'I10',
  sentence:
    'When the faults have stopped, no order is unclear, every record equals the exchange, no money of an order that is over stays reserved, and only orders that never came to be are ABANDONED.',
  afterHealing: (world) => {
    for (const record of world.store.orders.values()) {
      const finding = differenceOf(world, record);
      if (finding !== undefined) return `${record.orderId} (${record.state}): ${finding}`;
    }
    return undefined;
  },
};

function differenceOf(world: World, record: Order): string | undefined {
  const orders = world.exchange.ordersOf(record.orderId);
  const [order] = orders;
  if (isUnrecognisable(world, record) || isPerhapsAnother(world, record)) return undefined;
  if (record.state === 'PENDING' || record.state === 'SUBMITTED' || record.state === 'UNKNOWN')
    return 'is still unclear';
  if (order?.now === undefined) return absenceIsKnown(record) ? undefined : 'is not at the exchange';
  if (orders.length > 1) return undefined;
  if (isGivenUp(record) && scenarioMayBeLate(world)) return undefined;
  if (record.state !== stateAt(order)) return `is ${stateAt(order)} at the exchange`;
  if (record.filledQuantity !== order.filled) return `has ${order.filled} filled at the exchange`;
  if (!isLive(record.state) && !record.confirmed) return 'is not confirmed';
  if (!isLive(record.state) && record.reserved !== 0n) return 'is over and keeps a reservation';
  return costIsRight(world, record, order)
    ? undefined
    : `cost ${order.now.cost + order.now.fee}, not ${record.spent}`;
}

/** Nothing to find, and it is said so. */
function absenceIsKnown(record: Order): boolean {
  const isOver = record.state === 'REJECTED' || record.state === 'EXPIRED';
  return record.state === 'ABANDONED' || (isOver && record.confirmed && record.reserved === 0n);
}

/**
 * Orders that are shown without their client order id, although ids are shown, or beside a twin, cannot be told apart; a
 * person must.
 */
function isUnrecognisable({ exchange, scenario }: World, record: Order): boolean {
  if (scenario.faultClass === 'D' && record.matchedBy === 'terms') return true;
  const isPrepared = !scenario.showsClientIds && scenario.faultClass !== 'D';
  if (record.exchangeOrderId !== undefined || isPrepared) return false;
  return exchange.orders.some(
    ({ terms }) =>
      !terms.showsClientId && terms.marketId === record.marketId && terms.quantity === record.quantity,
  );
}

/** Outside of the assumptions an order may come to be after it was given up: that has a rule of its own. */
function scenarioMayBeLate({ scenario }: World): boolean {
  return scenario.faultClass === 'B';
}

function stateAt(order: OrderAtExchange): OrderState | undefined {
  if (order.filled === order.terms.quantity) return 'FILLED';
  switch (order.now?.status) {
    case 'live':
    case 'filled':
      return order.filled > 0n ? 'PARTIALLY_FILLED' : 'OPEN';
    case 'cancelled':
      return 'CANCELLED';
    case 'expired':
      return 'EXPIRED';
    case 'rejected':
      return 'REJECTED';
    case 'unknown':
    case undefined:
      return undefined;
  }
}

/** Where the exchange does not show the cost, the record holds the most that it can be at the price reserved for. */
function costIsRight({ scenario }: World, record: Order, order: OrderAtExchange): boolean {
  const rounding = order.filled + BigInt(order.now?.fills ?? 0);
  if (!order.terms.showsCost)
    return record.spent >= boundedCost(order, record, scenario.exchangeFeeBasisPoints) - rounding;
  const cost = (order.now?.cost ?? 0n) + (order.now?.fee ?? 0n);
  return record.spent >= cost - rounding && record.spent <= cost + rounding;
}
