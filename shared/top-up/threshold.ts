import { decimalScale, type Units } from '../ledger/decimal.ts';

/** The exchange's own rule, done right: what is on its way counts. */
export interface ThresholdRule {
  /** Buy when fewer Units than this are usable or on their way. Whole Units. */
  readonly minimumUnits: bigint;
  /** How many to buy then. Whole Units. */
  readonly quantity: bigint;
}

/** What is known of an instrument's stock. */
export interface Stock {
  /** Units that an application can use now. */
  readonly usable: Units;
  /** Units that are ordered or bought and not usable yet. */
  readonly incoming: Units;
}

export type ThresholdDecision =
  | { readonly buy: bigint; readonly reason: 'below-minimum' }
  | { readonly buy: 0n; readonly reason: 'enough' };

/** Whether to buy now, and how much. */
export function decideByThreshold(rule: ThresholdRule, stock: Stock): ThresholdDecision {
  const isEnough = stock.usable + stock.incoming >= rule.minimumUnits * decimalScale;
  return isEnough ? { buy: 0n, reason: 'enough' } : { buy: rule.quantity, reason: 'below-minimum' };
}
