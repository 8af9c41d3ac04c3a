import { transferMoves } from '../../../shared/transfers/moves.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import type { TransferWrite } from '../store/simulated-store.ts';
import type { Invariant } from './invariant.ts';

/** What a transfer is never changes; only what became of it does. */
const fixed = [
  'transferId',
  'nonce',
  'instrument',
  'instrumentId',
  'quantity',
  'createdAt',
] as const satisfies readonly (keyof Transfer)[];

/** Checked against the table and not against the function that reads it. */
export const transfersMoveLegally: Invariant = {
  number: 'M2',
  sentence:
    'Records of transfers move along their table only, by one version each, never change their terms, and are recorded and claimed only in mode LIVE with the breaker closed.',
  atTransferWrite: ({ store }, write) => {
    const { before, after } = write;
    const isClaim = before?.state === 'PENDING' && after.state === 'SUBMITTED';
    const why = store.stopReason;
    if (why !== undefined && (isClaim || before === undefined)) {
      return `${after.transferId} was ${isClaim ? 'claimed' : 'recorded'} in spite of ${why}`;
    }
    return illegalMove(write);
  },
};

function illegalMove({ before, after }: TransferWrite): string | undefined {
  const { transferId, state, version } = after;
  if (before === undefined) {
    return state === 'PENDING' && version === 1 ? undefined : `${transferId} began as ${state}`;
  }
  const isLegal =
    before.state === state ||
    transferMoves.some(({ from, to }) => from.includes(before.state) && to === state);
  if (!isLegal) return `${transferId} moved from ${before.state} to ${state}`;
  if (version !== before.version + 1) return `${transferId} skipped a version`;
  const changed = fixed.find((field) => before[field] !== after[field]);
  return changed === undefined ? undefined : `${transferId} changed its ${changed}`;
}
