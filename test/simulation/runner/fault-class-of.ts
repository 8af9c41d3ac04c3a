import type { FaultClass } from '../faults/fault-plan.ts';

/**
 * The class of a seed when none is asked for, so that a seed says it all: of ten in a row, five within the assumptions and one
 * with a restore.
 */
export function faultClassOf(seed: number): FaultClass {
  if (seed % 10 === 0) return 'R';
  switch (seed % 5) {
    case 3:
      return 'B';
    case 4:
      return 'D';
    default:
      return 'A';
  }
}
