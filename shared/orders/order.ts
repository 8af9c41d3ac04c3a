import type { Usd } from '../ledger/decimal.ts';

/** All states of an order; `life-cycle.ts` says what they mean and how an order moves between them. */
export const orderStates = [
  'PENDING',
  'SUBMITTED',
  'UNKNOWN',
  'OPEN',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'ABANDONED',
] as const;

export type OrderState = (typeof orderStates)[number];

export type TimeInForce = 'gtc' | 'ioc' | 'fok' | 'day';

/** Who wanted the order: a caller of the API, or the schedule. */
export type OrderSource = 'api' | 'schedule';

/**
 * What the schedule buys for: a patient order waits in the book for a better price, an urgent one buys at once. At most
 * one order of each purpose is unfinished for an instrument.
 */
export const orderPurposes = ['patient', 'urgent'] as const;
export type OrderPurpose = (typeof orderPurposes)[number];

/** How the order is sent: with a limit, or without one where the instrument is configured so. */
export type SentType = 'limit' | 'market';

/**
 * How we know which order at the exchange it is: from the answer to its POST, by its client order id, or by its terms where
 * ids are not shown.
 */
export const waysToMatch = ['answer', 'client-order-id', 'terms'] as const;
export type MatchedBy = (typeof waysToMatch)[number];

/**
 * One intent to buy, from before it is sent until the exchange's last word. It is at once the idempotency record
 * of the caller's key, the claim that allows one POST, and the entry in the books.
 */
export interface Order {
  /** Also the client order id at the exchange. Derived from the caller's key or the schedule's time. */
  readonly orderId: string;
  readonly state: OrderState;
  /** Whether a later look at the exchange agreed with a final state. */
  readonly confirmed: boolean;
  /** Grows by one with every write; each write is conditional on the version it has read. */
  readonly version: number;
  /** Random mark of the invocation that created the record; only that one may claim and send it. */
  readonly nonce: string;
  /** SHA-256 of what the caller asked for, to tell a repetition from another order under the same key. */
  readonly payloadFingerprint: string;
  readonly source: OrderSource;
  /** Of the schedule's orders; undefined for those of callers. */
  readonly purpose: OrderPurpose | undefined;
  /** Whether it occupies the slot of its instrument and purpose, as unfinished orders of the schedule do. */
  readonly holdsSlot: boolean;
  /**
   * Whether no other order may have the same market, quantity and limit price, because it is to be told by them: until its
   * id at the exchange is known, or it is known to have none.
   */
  readonly holdsTerms: boolean;
  /** The IAM role of the caller, or the ARN of the schedule. */
  readonly principal: string;
  /** Symbol of the instrument, such as `chat-prime`. */
  readonly instrument: string;
  readonly marketId: string;
  /** What the caller asked for. A market order is sent as a limit order with a collar, unless configured otherwise. */
  readonly requestedType: 'limit' | 'market';
  readonly sentType: SentType;
  readonly timeInForce: TimeInForce;
  /** Whole Units. */
  readonly quantity: bigint;
  /** The most that is paid for a Unit; of an order sent without a limit, the most that was expected. */
  readonly limitPrice: Usd;
  readonly feeBasisPoints: bigint;
  /** UTC day and month that the order is charged to, for ever: `2026-11-23`, `2026-11`. */
  readonly budgetDay: string;
  readonly budgetMonth: string;
  /** What may still be spent on it. */
  readonly reserved: Usd;
  /** What was spent on it. */
  readonly spent: Usd;
  /** Whole Units bought so far. */
  readonly filledQuantity: bigint;
  readonly averagePrice: Usd | undefined;
  readonly exchangeOrderId: string | undefined;
  readonly matchedBy: MatchedBy | undefined;
  /** The time in the request's signature. All times are ms since the epoch. */
  readonly signedAt: number | undefined;
  readonly sentAt: number | undefined;
  /** Before this time, "not found" at the exchange means nothing. */
  readonly notAfter: number | undefined;
  /** Complete scans in a row that did not show the order. */
  readonly misses: number;
  readonly missedAt: number | undefined;
  /** When somebody asked us to cancel it. */
  readonly cancelRequestedAt: number | undefined;
  /** When the exchange was first seen to show the final state, by its clock, or when we gave the order up, by ours. */
  readonly settledAt: number | undefined;
  /** Why it is in this state, ours or the exchange's word: a code such as `INSUFFICIENT_BALANCE` or `connection-reset`. */
  readonly reason: string | undefined;
  /** HTTP status that the exchange gave when the order was sent. */
  readonly responseStatus: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}
