import type { StopReason } from '../orders/control-port.ts';
import type { Transfer } from './transfer.ts';

/**
 * Where transfers are kept. Every write is conditional, and a transfer's record, the slot of its instrument and the map
 * of exchange ids change together or not at all. Throws `StoreUnavailableError` where it is not known whether it did.
 */
export interface TransferStore {
  /** Records a new transfer: only while sending is allowed and no other transfer of the instrument is unfinished. */
  create(transfer: Transfer): Promise<CreateTransferOutcome>;
  /** Writes the next version of a transfer, if `before` is still the current one. */
  update(before: Transfer, after: Transfer): Promise<UpdateTransferOutcome>;
  /** Transfers that are not finished, each re-read so that none is out of date. There are few: one each slot. */
  unfinished(): Promise<readonly Transfer[]>;
  /** The record that a transfer of the exchange belongs to; undefined if it belongs to none. */
  ownerOf(exchangeTransferId: string): Promise<string | undefined>;
}

export type CreateTransferOutcome =
  | { readonly kind: 'created' }
  /** A record under this id was there before: the tick came twice. */
  | { readonly kind: 'exists' }
  /** Another transfer of the instrument is not finished. */
  | { readonly kind: 'slot-taken' }
  /** Nothing is sent at all now. */
  | { readonly kind: 'stopped'; readonly why: StopReason };

export type UpdateTransferOutcome =
  | 'written'
  /** Somebody else was first; nothing was written. */
  | 'stale'
  /** It would have claimed the transfer for sending, and nothing may be sent now; nothing was written. */
  | 'stopped'
  /** The exchange's id in it belongs to another transfer of ours; nothing was written. */
  | 'exchange-id-taken';
