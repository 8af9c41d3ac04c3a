import {
  decimalScale,
  formatDecimal,
  formatUsd,
  maximum,
  minimum,
  type Units,
  type Usd,
} from '../ledger/decimal.ts';
import type { Order } from '../orders/order.ts';
import type { FillTotals } from '../orders/store-port.ts';
import type { BestPrices } from './best-prices.ts';
import type { CapacityReservation, Fill, OpenOrder, TopUpObservation } from './policy/contract.ts';
import type { InstrumentSupply } from './supply.ts';

/** What is put together for the policy. */
export interface ReviewFacts {
  readonly supply: InstrumentSupply;
  /** Bought and not in the balance yet. */
  readonly onTheWay: Units;
  /** Whether that is known by the exchange's count, and not assumed for a while after each purchase. */
  readonly isCounted: boolean;
  readonly fills: readonly Fill[];
  readonly budgetLeft: Usd;
  readonly reservations: readonly CapacityReservation[];
  readonly wasRefused: boolean;
}

/**
 * The facts in the policy's terms.
 *
 * @param prices undefined where the book was not read
 */
export function observationOf(facts: ReviewFacts, prices: BestPrices | undefined): TopUpObservation {
  const { supply } = facts;
  const own = supply.orders.filter(({ purpose }) => purpose !== undefined);
  const callers = supply.orders.filter(({ purpose }) => purpose === undefined);
  const elsewhere = callers.reduce((units, order) => units + remainingOf(order), supply.onOrderByOthers);
  return {
    now: supply.at,
    balance: formatDecimal(supply.usable),
    openOrders: own.map(openOrderOf),
    fills: facts.fills,
    inTransit: formatDecimal(inTransit(facts)),
    onOrderElsewhere: elsewhere.toString(),
    bestBid: priceOf(prices?.bestBid),
    bestAsk: priceOf(prices?.bestAsk),
    budgetLeft: formatUsd(maximum(facts.budgetLeft, 0n)),
    reservations: facts.reservations,
    wasRefused: facts.wasRefused,
  };
}

function priceOf(price: Usd | undefined): string | null {
  return price === undefined ? null : formatUsd(price);
}

/** Purchases that the policy is told of now, and all that it has been told of with them. */
export interface ToldFills {
  readonly fills: readonly Fill[];
  readonly told: FillTotals;
}

/**
 * What was bought since the policy was last told and can be in the balance by now, as one purchase at its average cost. When
 * it happened is not known; the earliest time is the cautious one, for its Units expire the sooner.
 *
 * @param notArrived Units that are known not to be in the balance yet: they are told later
 */
export function fillsToTell(
  toldBefore: FillTotals,
  bought: FillTotals,
  notArrived: Units,
  earliest: number,
): ToldFills {
  const untold = bought.quantity - toldBefore.quantity;
  const whole = (notArrived + decimalScale - 1n) / decimalScale;
  const quantity = untold - minimum(untold, whole);
  if (quantity <= 0n) return { fills: [], told: toldBefore };
  const spent = ((bought.spent - toldBefore.spent) * quantity) / untold;
  const told = { quantity: toldBefore.quantity + quantity, spent: toldBefore.spent + spent };
  return { fills: [{ at: earliest, quantity: Number(quantity), price: formatUsd(spent / quantity) }], told };
}

/** Units that are usable now, and Units that are ordered or bought and not usable yet. */
export function stockOf(facts: TransitFacts): { usable: Units; incoming: Units } {
  const { usable, orders, onOrderByOthers } = facts.supply;
  const ordered = orders.reduce((units, order) => units + remainingOf(order), onOrderByOthers);
  return { usable, incoming: ordered * decimalScale + inTransit(facts) };
}

type TransitFacts = Pick<ReviewFacts, 'supply' | 'onTheWay' | 'isCounted'>;

/**
 * What waits in the trading account, or is being moved from there, is a part of what is on its way, where that is known by
 * a count. Elsewhere Units that have waited for long are not, and those bought a moment ago may wait there already: they
 * count twice for that moment rather than never.
 */
export function inTransit({ supply, onTheWay, isCounted }: TransitFacts): Units {
  const waiting = supply.inTrading + supply.beingMoved;
  return isCounted ? maximum(onTheWay, waiting) : onTheWay + waiting;
}

function openOrderOf(order: Order): OpenOrder {
  const isOver = order.settledAt !== undefined;
  return {
    orderId: order.orderId,
    remaining: Number(remainingOf(order)),
    limitPrice: formatUsd(order.limitPrice),
    placedAt: order.createdAt,
    ...(order.purpose === undefined ? {} : { purpose: order.purpose }),
    isEnding: isOver || order.cancelRequestedAt !== undefined,
  };
}

/** Whole Units that an order may still bring. */
function remainingOf(order: Order): bigint {
  return order.quantity - order.filledQuantity;
}
