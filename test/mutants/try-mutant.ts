import { Worker } from 'node:worker_threads';
import type { RunOptions } from '../simulation/run.ts';
import { type Mutant, type Replacement, replacementsOf } from './mutant.ts';

/** What one thread is to try. */
export interface Trial {
  readonly replacements: readonly Replacement[];
  readonly world: Omit<RunOptions, 'seed'>;
  /** How many, from 1. */
  readonly seeds: number;
}

/** The first run that broke a rule, or that none did. */
export type Verdict =
  | { readonly seed: number; readonly invariant: string; readonly finding: string }
  | { readonly seed: undefined };

/** What became of a mutant. */
export interface MutantResult {
  readonly mutant: Mutant;
  readonly alone: Verdict;
  /** With its second layer taken away too; undefined if it has none. */
  readonly withoutSecondLayer: Verdict | undefined;
}

/** Whether it was found as it is said that it is. */
export function isFound({ mutant, alone, withoutSecondLayer }: MutantResult): boolean {
  return isExpected(mutant, withoutSecondLayer ?? alone);
}

function isExpected(mutant: Mutant, verdict: Verdict): boolean {
  return verdict.seed !== undefined && mutant.breaks.includes(verdict.invariant);
}

/**
 * Simulates the service without one of its rules until it breaks a promise.
 *
 * @throws Error if a replacement does not fit the code
 */
export async function tryMutant(mutant: Mutant, seeds: number): Promise<MutantResult> {
  const { replacements, secondLayer } = mutant;
  const alone = await tryOut(mutant, replacements, seeds);
  const withoutSecondLayer =
    secondLayer === undefined ? undefined : await tryOut(mutant, replacementsOf(mutant), seeds);
  return { mutant, alone, withoutSecondLayer };
}

/** Each trial has a thread of its own, and with it its own copy of all modules. */
function tryOut(mutant: Mutant, replacements: readonly Replacement[], seeds: number): Promise<Verdict> {
  const { faultClass, faults, overTheWire, scenario = {} } = mutant;
  const trial: Trial = { replacements, world: { faultClass, faults, overTheWire, scenario }, seeds };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: trial });
    worker.on('message', (verdict: Verdict) => {
      resolve(verdict);
      void worker.terminate();
    });
    worker.on('error', (error: Error) => reject(new Error(`${mutant.name}: ${error.message}`)));
  });
}
