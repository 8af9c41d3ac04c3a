import { spawnSync } from 'node:child_process';

/** The first letter of a process's state: T is stopped, Z is dead, empty when there is none. */
export function processState(processId: number): string {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' });
  return stdout.trim().slice(0, 1);
}
