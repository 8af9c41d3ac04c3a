import type { Units } from '../ledger/decimal.ts';
import type { NotAccepted } from '../orders/exchange-port.ts';

/** What transfers need of the exchange, in our own terms. The adapter in `shared/exchange` implements it. */
export interface TransferExchange {
  /** Loads the key and signs the transfer, without sending it. The signature is good for 30 s. */
  prepareTransfer(transfer: TransferToSend): Promise<PreparedTransfer>;
  /** Sends a prepared transfer. Once, ever: no retry, and a second call for the same preparation throws. */
  sendTransfer(prepared: PreparedTransfer): Promise<TransferOutcome>;
  /** The account's transfers since a time (ms), as far as they can be listed. */
  listTransfers(since: number): Promise<TransferListing>;
}

/** A move of Units from the trading account to consumption in the exchange's terms. */
export interface TransferToSend {
  /** Goes out as `Idempotency-Key`, on which nothing rests. */
  readonly transferId: string;
  readonly instrumentId: string;
  /** Whole Units. */
  readonly quantity: bigint;
}

/** A signed transfer that was not sent yet. */
export interface PreparedTransfer {
  /** The time in the signature, ms since the epoch (whole seconds). */
  readonly signedAt: number;
}

/** Everything that can come of sending a transfer. */
export type TransferOutcome =
  | { readonly kind: 'accepted'; readonly exchangeTransferId: string }
  | NotAccepted;

/** A transfer in the exchange's history. What it does not say is undefined. */
export interface ExchangeTransfer {
  readonly exchangeTransferId: string;
  readonly instrumentId: string | undefined;
  readonly quantity: Units | undefined;
  /** ms since the epoch. */
  readonly createdAt: number | undefined;
  /** Whether it can have moved Units to consumption: neither failed nor the other way. */
  readonly mayHaveMoved: boolean;
}

/** A listing of the account's transfers. */
export interface TransferListing {
  readonly transfers: readonly ExchangeTransfer[];
  /** Only a complete listing can say that a transfer is not there, or that there is no other like it. */
  readonly complete: boolean;
}
