import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { guardian } from './guardian.ts';

/**
 * Starts a child process that never outlives this one.
 *
 * It leads its own process group: Ctrl-C in the terminal reaches only this process, which then decides in
 * which order things stop. If this process dies first, the guardian kills the whole group.
 */
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  const processId = child.pid;
  if (processId !== undefined) {
    guardian.watch(processId);
    child.once('exit', () => guardian.forget(processId));
  }
  return child;
}

/** True once the process has ended or never started. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Asks the process to end, kills it after `patienceMs`, and resolves when it is gone. */
export async function stopProcess(child: ChildProcess, patienceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lastResort = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.kill(patienceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  await gone;
  clearTimeout(lastResort);
}
