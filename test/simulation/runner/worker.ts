import { parentPort } from 'node:worker_threads';
import { type Batch, runBatch } from './batch.ts';

// Simulated trouble is thousands of errors a second, and nobody reads where they arose.
Error.stackTraceLimit = 0;

/** Runs the batches that it is handed, one at a time, until it is ended. */
parentPort?.on('message', (batch: Batch) => {
  // A batch that fails ends the worker, which ends the campaign.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void runBatch(batch).then((result) => parentPort?.postMessage(result));
});
