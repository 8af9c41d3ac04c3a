import type { ChildProcess } from 'node:child_process';
import { onLines } from '../process/on-lines.ts';
import { spawnOwned } from '../process/spawn-owned.ts';
import type { LaunchPlan } from './launch-plan.ts';

/** An engine that listens. */
export interface RunningEngine {
  readonly process: ChildProcess;
  readonly port: number;
}

const patienceMs = 10_000;

/**
 * Starts an engine and resolves once it says itself that it listens.
 * Asking the port instead would also succeed when another program has just taken it.
 *
 * @param scratchDirectory HOME and working directory, so that no configuration of the user is picked up.
 * @throws when it ends before it listens. Its output is left out: ExtendDB prints a password.
 */
export async function launchEngine(
  binary: string,
  plan: LaunchPlan,
  scratchDirectory: string,
): Promise<RunningEngine> {
  const child = spawnOwned(binary, plan.args, {
    cwd: scratchDirectory,
    env: { ...plan.environment, HOME: scratchDirectory, TMPDIR: scratchDirectory, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const port = await announcedPort(child, plan.readyLine);
  return { process: child, port };
}

function announcedPort(child: ChildProcess, readyLine: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`The DynamoDB engine did not start: ${reason}.`));
    };
    const timer = setTimeout(() => fail(`it did not listen within ${patienceMs / 1000} s`), patienceMs);
    const inspect = (line: string): void => {
      const port = readyLine.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    onLines(child.stdout, inspect);
    onLines(child.stderr, inspect);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `exit status ${code}`}`));
  });
}
