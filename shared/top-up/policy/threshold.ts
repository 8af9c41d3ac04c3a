import {
  decimalScale,
  formatDecimal,
  formatUsd,
  minimum,
  parseDecimal,
  type Units,
} from '../../ledger/decimal.ts';
import { reservationFor } from '../../ledger/reservation.ts';
import type { PlannedOrder, PolicyState, TopUpDecision, TopUpObservation, TopUpPolicy } from './contract.ts';

/** The exchange's own rule, done right: what is on its way counts, and no purchase is beyond the budget. */
export interface ThresholdRule {
  /** Buy when fewer Units than this are usable or on their way. Whole Units. */
  readonly minimumUnits: bigint;
  /** How many to buy then. Whole Units. */
  readonly quantity: bigint;
  /** The most to pay for a Unit. USD. */
  readonly limitPrice: bigint;
  readonly feeBasisPoints: bigint;
}

/** It remembers nothing. */
const nothing: PolicyState = { version: 1, days: {} };

/** A fixed minimum and a fixed quantity, for those who want no more. */
export function thresholdPolicy(rule: ThresholdRule): TopUpPolicy {
  return { name: 'threshold', decide: (_state, observation) => decide(rule, observation) };
}

function decide(rule: ThresholdRule, observation: TopUpObservation): TopUpDecision<PolicyState> {
  const position = positionOf(observation);
  const minimumUnits = rule.minimumUnits * decimalScale;
  const shown = `${formatDecimal(position)} Units are there or on their way`;
  const answer = (reason: string, words: string, order?: PlannedOrder, boundBy: string | null = null) => ({
    state: nothing,
    need: rule.minimumUnits.toString(),
    cancels: [],
    orders: order === undefined ? [] : [order],
    explanation: {
      reason,
      words,
      figures: { position: toNumber(position), minimum: Number(rule.minimumUnits) },
      boundBy,
    },
  });
  if (position >= minimumUnits) {
    return answer('enough', `${shown}, and the minimum is ${rule.minimumUnits}.`);
  }
  const isBusy = observation.openOrders.some(({ purpose }) => purpose === 'urgent');
  const below = `${shown}, less than the minimum of ${rule.minimumUnits}`;
  if (isBusy) return answer('order-unfinished', `${below}, but the last order is not finished.`);
  const quantity = affordable(rule, observation.budgetLeft);
  const price = formatUsd(rule.limitPrice);
  if (quantity === 0n)
    return answer('no-budget', `${below}, but the budget is used up.`, undefined, 'budget');
  const order = { purpose: 'urgent', quantity: Number(quantity), limitPrice: price } as const;
  const isCut = quantity < rule.quantity;
  return answer(
    'below-minimum',
    `${below}: ${quantity} are bought at no more than ${price}.`,
    order,
    isCut ? 'budget' : null,
  );
}

/** Everything that is stock or will be. */
function positionOf({ balance, inTransit, onOrderElsewhere, openOrders }: TopUpObservation): Units {
  const ordered = openOrders.reduce((sum, { remaining }) => sum + BigInt(remaining), 0n) * decimalScale;
  return units(balance) + units(inTransit) + units(onOrderElsewhere) + ordered;
}

/** As many of the wanted Units as the budget pays for. */
function affordable(rule: ThresholdRule, budgetLeft: string | null | undefined): bigint {
  if (budgetLeft === null || budgetLeft === undefined) return rule.quantity;
  const oneUnit = reservationFor(1n, rule.limitPrice, rule.feeBasisPoints);
  return minimum(rule.quantity, (parseDecimal(budgetLeft) ?? 0n) / oneUnit);
}

function units(text: string | undefined): Units {
  return parseDecimal(text ?? '0') ?? 0n;
}

function toNumber(amount: Units): number {
  return Number(formatDecimal(amount));
}
