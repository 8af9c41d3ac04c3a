import { parentPort, workerData } from 'node:worker_threads';
import { replaceSources } from './replace-source.ts';
import type { Trial, Verdict } from './try-mutant.ts';

/** Loads the production code with the replacements of a trial, and simulates until a rule is broken. */
async function work({ replacements, world, seeds }: Trial): Promise<Verdict> {
  const checkReplaced = replaceSources(replacements);
  // Loaded only now, so that what it imports is replaced.
  const { simulate } = await import('../simulation/run.ts');
  checkReplaced();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violation } = await simulate({ seed, ...world });
    if (violation !== undefined) {
      return { seed, invariant: violation.invariant, finding: violation.finding };
    }
  }
  return { seed: undefined };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await work(workerData as Trial));
