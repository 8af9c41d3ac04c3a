import { Worker } from 'node:worker_threads';
import { type FaultClass, faultClasses } from '../faults/fault-plan.ts';
import { addStatistics } from '../world/statistics.ts';
import { type BatchResult, type FailedRun, noResult } from './batch.ts';

export interface CampaignOptions {
  readonly firstSeed: number;
  readonly runs: number;
  readonly faultClass: FaultClass | undefined;
  readonly workers: number;
  /** Called after each batch with all runs done so far, and those of the batch that failed. */
  readonly onProgress?: (done: number, failed: readonly FailedRun[]) => void;
}

const runsPerBatch = 50;

/** Runs many seeds on several threads. What comes out does not depend on how many there are. */
export async function runCampaign(options: CampaignOptions): Promise<BatchResult> {
  const total = noResult();
  const end = options.firstSeed + options.runs;
  let next = options.firstSeed;
  let done = 0;
  const nextBatch = (): { firstSeed: number; runs: number; faultClass: FaultClass | undefined } => {
    const firstSeed = next;
    const runs = Math.min(runsPerBatch, end - next);
    next += runs;
    return { firstSeed, runs, faultClass: options.faultClass };
  };
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let runs = 0;
      const goOn = (): void => {
        const batch = nextBatch();
        runs = batch.runs;
        if (runs === 0) resolve();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        else worker.postMessage(batch);
      };
      worker.on('error', reject);
      worker.on('message', (result: BatchResult) => {
        for (const name of faultClasses) addStatistics(total.statistics[name], result.statistics[name]);
        total.failed.push(...result.failed);
        done += runs;
        options.onProgress?.(done, result.failed);
        goOn();
      });
      goOn();
    });
  const workers = Array.from(
    { length: options.workers },
    () => new Worker(new URL('worker.ts', import.meta.url)),
  );
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { statistics: total.statistics, failed: total.failed.toSorted((a, b) => a.seed - b.seed) };
}
