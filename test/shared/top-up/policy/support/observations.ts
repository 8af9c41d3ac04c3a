import type {
  OpenOrder,
  TopUpDecision,
  TopUpObservation,
} from '../../../../../shared/top-up/policy/contract.ts';
import { decideTopUp } from '../../../../../shared/top-up/policy/decide.ts';
import type { TopUpParameters } from '../../../../../shared/top-up/policy/parameters.ts';
import type { TopUpState } from '../../../../../shared/top-up/policy/state.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A Monday at midnight. */
export const monday = Date.UTC(2026, 10, 23);

export const stage: TopUpParameters = {
  maximumPrice: '2.50',
  maximumQuantity: 100,
  priceTick: '0.01',
  feeBasisPoints: 100,
};

export function observation(changes: Partial<TopUpObservation> = {}): TopUpObservation {
  return {
    now: monday,
    balance: '0',
    openOrders: [],
    fills: [],
    bestBid: '1.98',
    bestAsk: '2.02',
    ...changes,
  };
}

export function openOrder(changes: Partial<OpenOrder> = {}): OpenOrder {
  return {
    orderId: 'order-1',
    remaining: 1,
    limitPrice: '1.99',
    placedAt: monday,
    purpose: 'patient',
    ...changes,
  };
}

/** An account with a book of its own: what is bid at the ask is bought, what is bid below is bought a minute later. */
export interface SimulatedAccount {
  /** Units in each minute from `from` on. */
  readonly demand: (minuteOfRun: number) => number;
  readonly minutes: number;
  readonly parameters?: TopUpParameters;
  /** After how many minutes the balance shows a purchase. */
  readonly lagMinutes?: number;
  readonly isRoundedDown?: boolean;
  /** Whether refusals are reported. */
  readonly hasWakeUp?: boolean;
  /** What else is told, by the minute of the run. */
  readonly told?: (minuteOfRun: number) => Partial<TopUpObservation>;
  readonly reviewEvery?: number;
}

export interface SimulatedReview {
  readonly minuteOfRun: number;
  readonly balance: number;
  readonly decision: TopUpDecision<TopUpState>;
}

export interface SimulatedRun {
  readonly bought: number;
  readonly used: number;
  readonly expired: number;
  readonly unserved: number;
  readonly reviews: readonly SimulatedReview[];
  readonly state: TopUpState;
}

const lotLife = 240;

/** Runs the policy against a steady book. */
export function runAccount(account: SimulatedAccount): SimulatedRun {
  const lots: { from: number; until: number; left: number }[] = [];
  const totals = { bought: 0, used: 0, expired: 0, unserved: 0 };
  const reviews: SimulatedReview[] = [];
  let resting: OpenOrder | undefined;
  let fills: { at: number; quantity: number; price: string }[] = [];
  let wasRefused = false;
  let state: TopUpState | undefined;
  const buy = (at: number, quantity: number, price: string) => {
    lots.push({ from: at, until: at + lotLife, left: quantity });
    fills.push({ at: monday + at * minute, quantity, price });
    totals.bought += quantity;
  };
  for (let at = 0; at < account.minutes; at += 1) {
    for (const lot of lots.filter(({ until, left }) => until <= at && left > 0)) {
      totals.expired += lot.left;
      lot.left = 0;
    }
    if (resting !== undefined) {
      buy(at, resting.remaining, resting.limitPrice);
      resting = undefined;
    }
    if (at % (account.reviewEvery ?? 1) === 0) {
      const shown = lots.filter(({ from }) => from + (account.lagMinutes ?? 0) <= at);
      const exact = shown.reduce((sum, { left }) => sum + left, 0);
      const balance = account.isRoundedDown === true ? Math.floor(exact + 1e-9) : exact;
      const decision = decideTopUp(
        account.parameters ?? stage,
        state,
        observation({
          now: monday + at * minute,
          balance: balance.toFixed(8),
          fills,
          ...(account.hasWakeUp === true ? { wasRefused } : {}),
          ...account.told?.(at),
        }),
      );
      fills = [];
      wasRefused = false;
      state = decision.state;
      reviews.push({ minuteOfRun: at, balance: exact, decision });
      for (const order of decision.orders) {
        if (Number(order.limitPrice) >= 2.02) buy(at, order.quantity, order.limitPrice);
        else {
          resting = openOrder({
            remaining: order.quantity,
            limitPrice: order.limitPrice,
            placedAt: monday + at * minute,
            purpose: order.purpose,
          });
        }
      }
    }
    let wanted = account.demand(at);
    for (const lot of lots) {
      const taken = Math.min(lot.left, wanted);
      lot.left -= taken;
      wanted -= taken;
      totals.used += taken;
    }
    if (wanted > 1e-9) {
      totals.unserved += wanted;
      wasRefused = true;
    }
  }
  if (state === undefined) throw new Error('the run had no review');
  return { ...totals, reviews, state };
}
