import { transferMoves } from './moves.ts';
import type { Transfer, TransferState } from './transfer.ts';

/** Whether the transfer may move, or stay, so. */
export function mayMove(from: TransferState, to: TransferState): boolean {
  return from === to || transferMoves.some((move) => move.from.includes(from) && move.to === to);
}

/** Whether nothing has been found out yet about a transfer that was sent, or perhaps sent. */
export function isInDoubt({ state }: Pick<Transfer, 'state'>): boolean {
  return state === 'SUBMITTED' || state === 'UNKNOWN';
}

/** Whether it is still looked for in the exchange's history: even a refusal counts only when that agrees. */
export function isLookedFor(transfer: Pick<Transfer, 'state' | 'confirmed'>): boolean {
  return isInDoubt(transfer) || (transfer.state === 'REJECTED' && !transfer.confirmed);
}

/** Whether nothing more is to be done or learnt about the transfer. Then its instrument's slot is free. */
export function isFinished({ state, confirmed }: Pick<Transfer, 'state' | 'confirmed'>): boolean {
  return state === 'ABANDONED' || ((state === 'DONE' || state === 'REJECTED') && confirmed);
}

/** The next version of a transfer. Throws if the move is not in the table: that is a bug, not an event. */
export function moveTransfer(transfer: Transfer, changes: Partial<Transfer>, now: number): Transfer {
  const state = changes.state ?? transfer.state;
  if (!mayMove(transfer.state, state)) {
    throw new Error(`A transfer cannot move from ${transfer.state} to ${state}.`);
  }
  const isOver = state === 'DONE' || state === 'REJECTED' || state === 'ABANDONED';
  const settledAt = !isOver ? undefined : state === transfer.state ? transfer.settledAt : now;
  return { ...transfer, settledAt, ...changes, version: transfer.version + 1, updatedAt: now };
}
