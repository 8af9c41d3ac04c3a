import type { Units, Usd } from '../../ledger/decimal.ts';
import type { StopReason } from '../../orders/control-port.ts';
import type { TopUpExplanation } from '../policy/contract.ts';

/** What set a balance check off. */
export const checkTriggers = ['schedule', 'wake-up'] as const;
export type CheckTrigger = (typeof checkTriggers)[number];

/** Something that a balance check did, or tried to do. */
export type DecisionAction =
  | {
      readonly action: 'order';
      /** Undefined if nothing was recorded. */
      readonly orderId: string | undefined;
      /** Whole Units. */
      readonly quantity: bigint;
      /** USD per Unit. */
      readonly limitPrice: Usd;
      /** A code such as `bought`, `stopped` or `over-budget`. */
      readonly result: string;
    }
  | { readonly action: 'cancel'; readonly orderId: string; readonly result: string }
  | { readonly action: 'transfer'; readonly units: Units; readonly result: string };

/** What one balance check decided about one instrument, why, and what was done. */
export interface Decision {
  /** Symbol. */
  readonly instrument: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly trigger: CheckTrigger;
  readonly explanation: TopUpExplanation;
  /** In the order in which they were done. */
  readonly actions: readonly DecisionAction[];
  /** Units that an application could use; undefined if that could not be read. */
  readonly usable: Units | undefined;
  /** Units that were ordered or bought and not usable yet; undefined if that could not be read. */
  readonly incoming: Units | undefined;
  /** Why nothing could be bought at all; undefined if it could. */
  readonly stopReason: StopReason | undefined;
}
