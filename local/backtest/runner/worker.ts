import { parentPort } from 'node:worker_threads';
import { carryOut, type Task } from './task.ts';

/** Carries out the tasks that it is handed, one at a time, until it is ended. One that throws ends it. */
parentPort?.on('message', (task: Task) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(carryOut(task));
});
