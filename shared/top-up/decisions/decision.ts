import type { Units, Usd } from '../../ledger/decimal.ts';
import type { OrderPurpose, OrderState } from '../../orders/order.ts';
import type { TopUpExplanation } from '../policy/contract.ts';

/** What set a balance check off. */
export const checkTriggers = ['schedule', 'wake-up'] as const;
export type CheckTrigger = (typeof checkTriggers)[number];

/** An order that a balance check placed, or tried to. */
export interface OrderAction {
  readonly action: 'order';
  readonly purpose: OrderPurpose;
  /** Undefined if nothing was recorded. */
  readonly orderId: string | undefined;
  /** Where the order stood when the check went on; undefined if it was not placed. */
  readonly state?: OrderState;
  /** Whole Units. */
  readonly quantity: bigint;
  /** USD per Unit. */
  readonly limitPrice: Usd;
  /** Why the order is in its state, or the state; or why there is no order, such as `stopped` or `over-budget`. */
  readonly result: string;
}

/** Something that a balance check did, or tried to do. */
export type DecisionAction =
  | OrderAction
  | { readonly action: 'cancel'; readonly orderId: string; readonly result: string }
  | { readonly action: 'transfer'; readonly units: Units; readonly result: string };

/** What one balance check decided about one instrument, why, and what was done. */
export interface Decision {
  /** Symbol. */
  readonly instrument: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly trigger: CheckTrigger;
  /** Name of the policy that decided. */
  readonly policy: string;
  readonly explanation: TopUpExplanation;
  /** In the order in which they were done. */
  readonly actions: readonly DecisionAction[];
  /** Units that an application could use; undefined if that could not be read. */
  readonly usable: Units | undefined;
  /** Units that were ordered or bought and not usable yet; undefined if that could not be read. */
  readonly incoming: Units | undefined;
}
