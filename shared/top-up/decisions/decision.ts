import type { Units, Usd } from '../../ledger/decimal.ts';
import type { OrderState } from '../../orders/order.ts';
import type { OrderPurpose, TopUpExplanation } from '../policy/contract.ts';
import type { CheckTrigger } from '../tick.ts';

/** An order that a balance check placed, or tried to. */
export interface OrderAction {
  readonly action: 'order';
  /** Absent if nothing was recorded. */
  readonly orderId?: string;
  /** Where the order stood when the check went on; absent if it was not placed. */
  readonly state?: OrderState;
  readonly purpose: OrderPurpose;
  /** Whole Units. */
  readonly quantity: number;
  /** USD per Unit. */
  readonly limitPrice: string;
  /** Why the order is in its state, or the state; or why there is no order, such as `stopped` or `over-budget`. */
  readonly result: string;
}

/** Something that a balance check did, or tried to do. `result` is a code. */
export type DecisionAction =
  | OrderAction
  | { readonly action: 'cancel'; readonly orderId: string; readonly result: string }
  /** @property units a decimal string */
  | { readonly action: 'transfer'; readonly units: string; readonly result: string };

/** What one balance check decided about one instrument, why, and what was done. */
export interface Decision {
  /** Symbol. */
  readonly instrument: string;
  /** When the balance was read, ms since the epoch. */
  readonly at: number;
  readonly trigger: CheckTrigger;
  /** Name of the policy that decided. */
  readonly policy: string;
  readonly explanation: TopUpExplanation;
  /** Units that an application could use. */
  readonly usable: Units;
  /** Units that were ordered or bought and not usable yet. */
  readonly incoming: Units;
  /** For how many minutes the Units last, those on their way included; undefined where that cannot be told. */
  readonly coverMinutes?: number | undefined;
  /** Best ask of others in the market when its book was last read; undefined where there was none, or it never was. */
  readonly bestAsk?: Usd | undefined;
  /** When that was: `at`, or an earlier check's where this one had no need of prices. Undefined if it never was. */
  readonly bookReadAt?: number | undefined;
  /** In the order in which they were done. */
  readonly actions: readonly DecisionAction[];
}

/** Where decisions are kept for people to look up, for two weeks. Nothing is decided by what is in it. */
export interface DecisionLog {
  /** Keeps a decision. One that is lost is no loss: whoever records goes on if this throws. */
  record(decision: Decision): Promise<void>;
  /** The decisions about an instrument, newest first. */
  list(query: DecisionQuery): Promise<DecisionPage>;
}

export interface DecisionQuery {
  /** Symbol. */
  readonly instrument: string;
  readonly limit: number;
  /** Opaque, from the page before. */
  readonly cursor?: string;
}

export interface DecisionPage {
  readonly decisions: readonly Decision[];
  readonly nextCursor: string | undefined;
}
