/**
 * What a top-up policy is told and what it answers: plain JSON, so that a decision can be recorded, replayed and judged
 * outside of this project. Units and USD are decimal strings, whole Units are numbers, times are ms since the epoch.
 */

/** What is known of one instrument at one review. */
export interface TopUpObservation {
  /** When the balance was read. */
  readonly now: number;
  /** Usable Units in the consumption account, as the exchange shows them. */
  readonly balance: string;
  /** Own buy orders of the instrument that may still buy, unclear ones included. */
  readonly openOrders: readonly OpenOrder[];
  /** What own orders have bought since the last review, as far as it can be in the balance. */
  readonly fills: readonly Fill[];
  /** Units that own orders have bought and that are known not to be in the balance yet: not told as fills so far. Default: none. */
  readonly inTransit?: string;
  /** Units that callers of the API, other stages and other people have on order on the account. Default: none. */
  readonly onOrderElsewhere?: string;
  /** Best prices of others in the book, USD; null where that side is empty or was not read. */
  readonly bestBid: string | null;
  readonly bestAsk: string | null;
  /** USD that may still be spent and reserved now; null or absent where no budget binds. */
  readonly budgetLeft?: string | null;
  /** Capacity that has to be ready for batches. Default: none. */
  readonly reservations?: readonly CapacityReservation[];
  /** Whether an application said that it was refused for want of Units since the last review. Default: no. */
  readonly wasRefused?: boolean;
}

/** An own order that is not over. */
export interface OpenOrder {
  readonly orderId: string;
  /** Whole Units that it may still buy. */
  readonly remaining: number;
  /** USD per Unit. */
  readonly limitPrice: string;
  readonly placedAt: number;
  /** What it was placed for; by its price against the ask where absent. */
  readonly purpose?: OrderPurpose;
  /** Whether its cancellation was asked for already. Default: no. */
  readonly isEnding?: boolean;
}

/**
 * A patient order waits in the book for a better price, an urgent one buys at once. At most one order of each purpose is
 * unfinished at any time: while there is one, the policy plans no other.
 */
export type OrderPurpose = 'patient' | 'urgent';

/** A purchase. */
export interface Fill {
  readonly at: number;
  /** Whole Units. */
  readonly quantity: number;
  /** USD per Unit. */
  readonly price: string;
}

/** Units that have to be there, beyond the usual demand, for as long as a batch runs. */
export interface CapacityReservation {
  readonly reservationId: string;
  /** Units that were asked for; what the batch has used of them is taken off by the policy. */
  readonly units: string;
  readonly neededFrom: number;
  readonly neededUntil: number;
}

/**
 * What a policy remembers: plain JSON. Where it keeps use by five minutes it does so by UTC day (`2026-11-23`), so that a store
 * can keep each day by itself and write today's only.
 */
export interface PolicyState {
  readonly version: number;
  readonly days?: Readonly<Record<string, readonly number[]>>;
}

/**
 * A way to decide. Pure: no clock, no randomness, nothing read or written.
 *
 * It may be asked without prices first, and again with them, from the same state, if the first decision calls for them
 * (`callsForPrices`); one that does not is final. So without prices a policy never wants less than with any prices: where it
 * would do nothing for want of a price, or for the price that it takes for granted, it says `dependsOnPrices`.
 */
export interface TopUpPolicy {
  /** Such as `adaptive`; part of each recorded decision. */
  readonly name: string;
  /**
   * @param state what the last review left; undefined at the first one, or if it cannot be read any more
   */
  decide(state: PolicyState | undefined, observation: TopUpObservation): TopUpDecision<PolicyState>;
}

/** What a review decided. */
export interface TopUpDecision<State> {
  /** To be handed to the next review. */
  readonly state: State;
  /** Units that are to be usable now; what waits in the trading account is moved up to it, where that is configured. */
  readonly need: string;
  /** Ids of own orders to cancel. */
  readonly cancels: readonly string[];
  readonly orders: readonly PlannedOrder[];
  /** Whether other prices could have led to other orders or cancellations, or to another need. */
  readonly dependsOnPrices: boolean;
  readonly explanation: TopUpExplanation;
}

/** Whether a decision that was made without prices is to be made again with them: all that does something is. */
export function callsForPrices({
  cancels,
  orders,
  dependsOnPrices,
}: Pick<TopUpDecision<unknown>, 'cancels' | 'orders' | 'dependsOnPrices'>): boolean {
  return dependsOnPrices || orders.length > 0 || cancels.length > 0;
}

/** An order to place. Always a limit order: one at or above the ask buys at once and never above its price. */
export interface PlannedOrder {
  readonly purpose: OrderPurpose;
  /** Whole Units, at least 1. */
  readonly quantity: number;
  /** USD per Unit. */
  readonly limitPrice: string;
}

/** Why it was decided so, for people and for metrics. */
export interface TopUpExplanation {
  /** A stable code such as `enough` or `below-reorder-point`. */
  readonly reason: string;
  /** One English sentence with its numbers. */
  readonly words: string;
  /** The numbers behind it by name: levels in Units, cover in minutes, prices in USD. */
  readonly figures: Readonly<Record<string, number>>;
  /** Which bound kept the purchase smaller or away, if any: `maximum-price`, `maximum-order`, `budget`, `expiry`, ... */
  readonly boundBy: string | null;
}
