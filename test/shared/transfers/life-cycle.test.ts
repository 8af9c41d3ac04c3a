import { describe, expect, it } from 'vitest';
import { isFinished, mayMove, moveTransfer } from '../../../shared/transfers/life-cycle.ts';
import { type TransferState, transferStates } from '../../../shared/transfers/transfer.ts';
import { sampleTransfer } from '../../support/sample-transfer.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

const legal: Readonly<Record<TransferState, readonly TransferState[]>> = {
  PENDING: ['SUBMITTED', 'REJECTED'],
  SUBMITTED: ['UNKNOWN', 'DONE', 'REJECTED', 'ABANDONED'],
  UNKNOWN: ['DONE', 'ABANDONED'],
  DONE: [],
  REJECTED: ['DONE'],
  ABANDONED: [],
};

describe('the life cycle of a transfer', () => {
  it.each(transferStates.flatMap((from) => transferStates.map((to) => [from, to] as const)))(
    'from %s to %s is legal or throws',
    (from, to) => {
      const isLegal = from === to || legal[from].includes(to);
      expect(mayMove(from, to)).toBe(isLegal);
      const move = () => moveTransfer(sampleTransfer({ state: from }), { state: to }, testEpoch + 1);
      if (isLegal) expect(move()).toMatchObject({ state: to, version: 4, updatedAt: testEpoch + 1 });
      else expect(move).toThrow(`A transfer cannot move from ${from} to ${to}.`);
    },
  );

  it('notes when a final state was reached, and keeps that time while it stays', () => {
    const done = moveTransfer(sampleTransfer(), { state: 'DONE' }, testEpoch + 5);
    expect(done.settledAt).toBe(testEpoch + 5);
    expect(moveTransfer(done, { confirmed: true }, testEpoch + 9).settledAt).toBe(testEpoch + 5);
    expect(moveTransfer(sampleTransfer(), { misses: 1 }, testEpoch + 9).settledAt).toBeUndefined();
  });

  it('is finished when its end is confirmed, or when it was given up', () => {
    const finished = transferStates.flatMap((state) =>
      [true, false]
        .filter((confirmed) => isFinished({ state, confirmed }))
        .map((confirmed) => `${state} ${confirmed}`),
    );
    expect(finished).toEqual(['DONE true', 'REJECTED true', 'ABANDONED true', 'ABANDONED false']);
  });
});
