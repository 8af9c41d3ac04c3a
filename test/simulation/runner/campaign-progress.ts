import type { FailedRun } from './batch.ts';
import { replayCommand } from './report.ts';

/** Where progress goes: `process.stderr`, or what a test gives. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Without a terminal a line is written for each part of so many. */
const parts = 20;

/**
 * Shows how far a campaign is: on a terminal in one line that changes, elsewhere in a line for every twentieth of it.
 * A violation is shown at once, so that nobody has to wait half an hour for it.
 *
 * @returns to be called after each batch, with all runs done so far and those of the batch that failed
 */
export function campaignProgress(
  output: ProgressOutput,
  runs: number,
): (done: number, failed: readonly FailedRun[]) => void {
  const isTerminal = output.isTTY === true;
  let violations = 0;
  let shownParts = 0;
  return (done, failed) => {
    violations += failed.length;
    for (const run of failed) {
      output.write(`${isTerminal ? '\r' : ''}${run.violation.invariant}: ${replayCommand(run)}\n`);
    }
    const part = Math.floor((parts * done) / runs);
    const line = `${done} of ${runs} runs, ${violations} violations`;
    if (isTerminal) output.write(`\r${line} `);
    else if (part > shownParts) output.write(`${line}\n`);
    shownParts = part;
  };
}
