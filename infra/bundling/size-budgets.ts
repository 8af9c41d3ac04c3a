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
  'place-order': { bytes: 352_000, compressed: 116_000 },
  'read-orders': { bytes: 293_000, compressed: 96_000 },
  'cancel-order': { bytes: 342_000, compressed: 112_000 },
  'read-balances': { bytes: 262_000, compressed: 87_000 },
  'check-balances': { bytes: 416_000, compressed: 138_000 },
  stop: { bytes: 261_000, compressed: 87_000 },
  'make-reservation': { bytes: 280_000, compressed: 93_000 },
  'read-reservations': { bytes: 272_000, compressed: 90_000 },
  'cancel-reservation': { bytes: 272_000, compressed: 90_000 },
  'read-decisions': { bytes: 264_000, compressed: 87_000 },
  'check-now': { bytes: 423_000, compressed: 140_000 },
  'answer-unknown': { bytes: 38_000, compressed: 13_000 },
  'promote-key': { bytes: 250_000, compressed: 85_000 },
};
