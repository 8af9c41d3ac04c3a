import { isDeepStrictEqual } from 'node:util';
import {
  callsForPrices,
  type OpenOrder,
  type PlannedOrder,
  type TopUpDecision,
  type TopUpObservation,
} from '../../../shared/top-up/policy/contract.ts';
import { firstMoment, minutesPerDay, msPerMinute } from '../calendar.ts';
import type { Buyer, Desk, Reading } from './buyer.ts';
import { centsToUsd, stepsToUnits, usdToCents } from './notation.ts';
import { OwnOrders } from './own-orders.ts';

/** A policy under production's contract, its parameters filled in. */
export type Decide<State> = (state: State | undefined, observation: TopUpObservation) => TopUpDecision<State>;

/** Production reads both accounts at every review, its unfinished orders while it has any, and the book as it is needed. */
const productionReads = 2;

/** A policy did what its contract forbids. */
export class BrokenContractError extends Error {
  override readonly name = 'BrokenContractError';
}

/**
 * Runs a policy as production does: the observation in, what it decided carried out, its state kept for the next review.
 *
 * @param highestPrice cents that it may pay at most
 * @param endingReviews for how many reviews a cancelled order is still unfinished
 */
export function productionBuyer<State>(
  decide: Decide<State>,
  highestPrice: number,
  endingReviews: number,
): Buyer {
  const own = new OwnOrders(endingReviews);
  let state: State | undefined;
  return {
    highestPrice,
    readsPerReview: productionReads,
    review: (reading, desk) => {
      const openOrders = own.list(reading.orders);
      if (openOrders.length > 0) desk.read();
      const decision = ask(decide, state, { reading, openOrders, desk });
      state = decision.state;
      if (reading.minute % minutesPerDay === 0) assertJson(state);
      for (const id of decision.cancels) cancel(id, openOrders, own, desk);
      for (const order of decision.orders) place(order, highestPrice, own, desk);
    },
  };
}

/** As production asks: without the book first, unless it is read in any case. */
function ask<State>(
  decide: Decide<State>,
  state: State | undefined,
  { reading, openOrders, desk }: { reading: Reading; openOrders: readonly OpenOrder[]; desk: Desk },
): TopUpDecision<State> {
  const seen = observe(reading, openOrders);
  if (!reading.isTurn) {
    const decision = decide(state, { ...seen, bestBid: null, bestAsk: null });
    if (!callsForPrices(decision)) return decision;
  }
  desk.read();
  return decide(state, seen);
}

/** The state is stored between reviews, so it must come back from JSON as it was. Looked at once a day: it is large. */
function assertJson(state: unknown): void {
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) return;
  throw new BrokenContractError('The policy has a state that JSON changes.');
}

function observe(reading: Reading, openOrders: readonly OpenOrder[]): TopUpObservation {
  const minute = reading.minute + (reading.isWakeUp ? 0.5 : 0);
  return {
    now: firstMoment + minute * msPerMinute,
    balance: stepsToUnits(reading.balance),
    openOrders,
    fills: reading.fills.map(({ minute: at, units, price }) => ({
      at: firstMoment + at * msPerMinute,
      quantity: units,
      price: centsToUsd(price),
    })),
    inTransit: stepsToUnits(reading.inTransit),
    bestBid: centsToUsd(reading.bid),
    bestAsk: centsToUsd(reading.ask),
    budgetLeft: null,
    wasRefused: reading.wasRefused,
  };
}

function cancel(id: string, openOrders: readonly OpenOrder[], own: OwnOrders, desk: Desk): void {
  const order = openOrders.find(({ orderId }) => orderId === id);
  if (order === undefined) throw new BrokenContractError(`The policy cancels ${id}, which it does not have.`);
  if (order.isEnding === true) return;
  desk.cancel(Number(id));
  own.cancelled(order);
}

function place(order: PlannedOrder, highestPrice: number, own: OwnOrders, desk: Desk): void {
  const { purpose, quantity, limitPrice } = order;
  const limit = usdToCents(limitPrice);
  const isWhole = Number.isSafeInteger(quantity) && quantity >= 1;
  if (!isWhole || limit === undefined || limit > highestPrice) {
    throw new BrokenContractError(`The policy orders ${quantity} at ${limitPrice}.`);
  }
  if (own.isFree(purpose)) own.placed(desk.place(quantity, limit, true), purpose);
  else desk.refuse();
}
