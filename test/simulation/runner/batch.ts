import type { FaultClass } from '../faults/fault-plan.ts';
import { simulate } from '../run.ts';
import { addStatistics, noStatistics, type Statistics } from '../world/statistics.ts';
import type { Violation } from '../world/world.ts';
import { faultClassOf } from './fault-class-of.ts';

/** Seeds in a row, and the class to run them in; by the seed if undefined. */
export interface Batch {
  readonly firstSeed: number;
  readonly runs: number;
  readonly faultClass: FaultClass | undefined;
}

/** A run that broke a rule. */
export interface FailedRun {
  readonly seed: number;
  readonly faultClass: FaultClass;
  readonly violation: Violation;
}

export interface BatchResult {
  readonly statistics: Readonly<Record<FaultClass, Statistics>>;
  readonly failed: readonly FailedRun[];
}

export const noResult = (): { statistics: Record<FaultClass, Statistics>; failed: FailedRun[] } => ({
  statistics: { A: noStatistics(), B: noStatistics(), D: noStatistics(), R: noStatistics() },
  failed: [],
});

/** Runs one seed after the other. */
export async function runBatch(batch: Batch): Promise<BatchResult> {
  const result = noResult();
  for (let seed = batch.firstSeed; seed < batch.firstSeed + batch.runs; seed += 1) {
    const faultClass = batch.faultClass ?? faultClassOf(seed);
    const { statistics, violation } = await simulate({ seed, faultClass });
    addStatistics(result.statistics[faultClass], statistics);
    if (violation !== undefined) result.failed.push({ seed, faultClass, violation });
  }
  return result;
}
