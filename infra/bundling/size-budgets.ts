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
  'place-order': { bytes: 112_000, compressed: 39_000 },
  'read-orders': { bytes: 54_000, compressed: 20_500 },
  'cancel-order': { bytes: 84_000, compressed: 30_500 },
  'read-balances': { bytes: 47_000, compressed: 18_000 },
  'read-status': { bytes: 77_000, compressed: 27_000 },
  'check-balances': { bytes: 210_000, compressed: 71_000 },
  stop: { bytes: 48_000, compressed: 18_500 },
  'make-reservation': { bytes: 77_000, compressed: 27_500 },
  'read-reservations': { bytes: 56_000, compressed: 21_000 },
  'cancel-reservation': { bytes: 53_000, compressed: 20_000 },
  'read-decisions': { bytes: 57_000, compressed: 20_500 },
  'check-now': { bytes: 217_000, compressed: 74_000 },
  'answer-unknown': { bytes: 15_000, compressed: 6_000 },
  'promote-key': { bytes: 68_000, compressed: 25_000 },
};
