import type { FunctionName } from '../function-names.ts';

/** The most that a bundle may weigh. */
export interface SizeBudget {
  readonly bytes: number;
  /** Gzipped bytes. */
  readonly compressed: number;
}

/**
 * The most that each bundle may weigh: what it weighs, and a little room. A test fails beyond it. Every kilobyte is parsed
 * at every cold start, so more is given knowingly and not by the way; `npm run bench -- bundles` shows what is in them.
 */
export const sizeBudgets: Readonly<Record<FunctionName, SizeBudget>> = {
  'place-order': { bytes: 186_000, compressed: 62_000 },
  'read-orders': { bytes: 122_000, compressed: 42_000 },
  'cancel-order': { bytes: 159_000, compressed: 54_000 },
  'read-balances': { bytes: 115_000, compressed: 40_000 },
  'read-status': { bytes: 170_000, compressed: 58_000 },
  'check-balances': { bytes: 300_000, compressed: 100_000 },
  stop: { bytes: 112_000, compressed: 39_000 },
  'make-reservation': { bytes: 144_000, compressed: 49_000 },
  'read-reservations': { bytes: 124_000, compressed: 43_000 },
  'cancel-reservation': { bytes: 121_000, compressed: 42_000 },
  'read-decisions': { bytes: 124_000, compressed: 42_000 },
  'check-now': { bytes: 300_000, compressed: 100_000 },
  'answer-unknown': { bytes: 15_000, compressed: 6_000 },
  'promote-key': { bytes: 133_000, compressed: 47_000 },
};
