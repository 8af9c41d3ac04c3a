import { Worker } from 'node:worker_threads';
import type { Run, Task } from './task.ts';

/** A task that is made when a worker is free for it. */
export type PendingTask = () => Task;

/**
 * Carries out tasks on several threads. The runs come in the order of the tasks, whichever thread did them.
 *
 * @param onDone called after each task
 */
export async function carryOutAll(
  tasks: readonly PendingTask[],
  threads: number,
  onDone: () => void,
): Promise<readonly Run[]> {
  const results: (readonly Run[])[] = [];
  const queue = tasks.entries();
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(new URL('worker.ts', import.meta.url)),
  );
  const keepBusy = async (worker: Worker): Promise<void> => {
    for (const [index, pending] of queue) {
      results[index] = await handOver(worker, pending());
      onDone();
    }
  };
  try {
    await Promise.all(workers.map(keepBusy));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results.flat();
}

function handOver(worker: Worker, task: Task): Promise<readonly Run[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (runs: readonly Run[]) => {
      worker.off('error', reject);
      resolve(runs);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(task);
  });
}
