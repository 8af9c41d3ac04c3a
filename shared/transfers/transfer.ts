/** All states of a transfer; `moves.ts` says how it moves between them. */
export const transferStates = ['PENDING', 'SUBMITTED', 'UNKNOWN', 'DONE', 'REJECTED', 'ABANDONED'] as const;

export type TransferState = (typeof transferStates)[number];

/**
 * One intent to move Units of an instrument from the trading account to consumption, from before it is sent until it is
 * known what became of it. Its record is the claim that allows one POST, for the exchange would carry out a second one.
 */
export interface Transfer {
  /** Derived from the schedule's time and the instrument. The exchange does not get to keep it. */
  readonly transferId: string;
  readonly state: TransferState;
  /** Whether a final state needs no further look. Until then the transfer keeps its instrument's slot. */
  readonly confirmed: boolean;
  /** Grows by one with every write; each write is conditional on the version it has read. */
  readonly version: number;
  /** Random mark of the invocation that created the record; only that one may claim and send it. */
  readonly nonce: string;
  /** Symbol of the instrument, such as `chat-prime`. */
  readonly instrument: string;
  /** The exchange's id of the instrument. */
  readonly instrumentId: string;
  /** Whole Units. */
  readonly quantity: bigint;
  /** The exchange's id of the transfer, once it is known. */
  readonly exchangeTransferId: string | undefined;
  /** The time in the request's signature. All times are ms since the epoch. */
  readonly signedAt: number | undefined;
  readonly sentAt: number | undefined;
  /** Before this time, "not found" at the exchange means nothing. */
  readonly notAfter: number | undefined;
  /** Complete listings in a row that did not settle it. */
  readonly misses: number;
  readonly missedAt: number | undefined;
  /** When the transfer reached its final state. */
  readonly settledAt: number | undefined;
  /** Why it is in this state, ours or the exchange's word: a code. */
  readonly reason: string | undefined;
  /** HTTP status that the exchange gave when the transfer was sent. */
  readonly responseStatus: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}
