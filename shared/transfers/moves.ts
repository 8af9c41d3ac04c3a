import type { TransferState } from './transfer.ts';

/** One kind of step in the life of a transfer: what makes it happen, and what the transaction that writes it requires. */
export interface TransferMove {
  /** Empty for the step that makes the record. */
  readonly from: readonly TransferState[];
  readonly to: TransferState;
  readonly when: string;
  /** Beside the version that was read. */
  readonly condition: string;
}

/** Every legal step of a transfer; all others are bugs. `docs/transfers.md` shows this table word for word. */
export const transferMoves: readonly TransferMove[] = [
  {
    from: [],
    to: 'PENDING',
    when: 'A balance check wants Units moved',
    condition: 'no record under this id; mode LIVE; breaker closed; no unfinished transfer of the instrument',
  },
  {
    from: ['PENDING'],
    to: 'SUBMITTED',
    when: 'Its invocation has signed it and claims the one POST',
    condition: "PENDING; the recording invocation's mark; mode LIVE; breaker closed",
  },
  {
    from: ['PENDING'],
    to: 'REJECTED',
    when: 'Not claimed a minute after it was recorded: never sent, and confirmed at once',
    condition: 'PENDING, so that it and the claim exclude each other',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN', 'REJECTED'],
    to: 'DONE',
    when: 'The exchange accepted it, or its history shows it',
    condition: "the exchange's id belongs to no other record",
  },
  {
    from: ['SUBMITTED'],
    to: 'REJECTED',
    when: 'A documented refusal, or no connection came about; confirmed by a complete history without it',
    condition: 'none',
  },
  {
    from: ['SUBMITTED'],
    to: 'UNKNOWN',
    when: 'Any other answer, or none',
    condition: 'none',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN'],
    to: 'ABANDONED',
    when: 'Three complete histories did not settle it, the first five minutes after it was recorded',
    condition: 'none',
  },
];
