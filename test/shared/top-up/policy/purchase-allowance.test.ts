import { describe, expect, it } from 'vitest';
import {
  followProof,
  nothingProven,
  type ProvenUse,
  purchaseAllowance,
} from '../../../../shared/top-up/policy/purchase-allowance.ts';

function bought(units: number, proof: ProvenUse = nothingProven): ProvenUse {
  return followProof(proof, { minutes: 1, bought: units, proven: 0, shownLately: 0 });
}

describe('what may be bought where balances may lag', () => {
  it('is little before anything is proven to be used, and less the more was bought', () => {
    expect(purchaseAllowance(nothingProven, 0)).toBe(2);
    expect(purchaseAllowance(bought(1.5), 0)).toBeCloseTo(0.5);
    expect(purchaseAllowance(bought(5), 0)).toBe(0);
  });

  it('is more the brisker use was, and the longer purchases take to show', () => {
    const used = followProof(nothingProven, { minutes: 1, bought: 10, proven: 10, shownLately: 0 });
    expect(used.unproven).toBe(0);
    expect(purchaseAllowance(used, 0)).toBeCloseTo(22);
    expect(purchaseAllowance(used, 10)).toBeCloseTo(32);
  });

  it('comes back in hours, and goes in days', () => {
    const hours = followProof(bought(2), { minutes: 180, bought: 0, proven: 0, shownLately: 0 });
    expect(purchaseAllowance(hours, 0)).toBeCloseTo(1);
    const used = followProof(nothingProven, { minutes: 1, bought: 10, proven: 10, shownLately: 0 });
    const days = followProof(used, { minutes: 3 * 1_440, bought: 0, proven: 0, shownLately: 0 });
    expect(purchaseAllowance(days, 0)).toBeCloseTo(12);
  });

  it('never grows by what is bought and expires', () => {
    let proof = nothingProven;
    let total = 0;
    for (let at = 0; at < 1_440; at += 1) {
      const units = Math.floor(purchaseAllowance(proof, 30));
      total += units;
      proof = bought(units, proof);
    }
    expect(total).toBeLessThanOrEqual(12);
  });
});
