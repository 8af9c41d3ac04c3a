import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const parent = fileURLToPath(new URL('support/parent-with-children.ts', import.meta.url));

/** A dead process stays in the list until its parent takes note (Z): it runs no more. */
function isRunning(processId: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(processId)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('a process that owns others', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)(
    'leaves none behind when it dies by %s, not even a frozen one',
    async (signal) => {
      const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
      const line = await new Promise<string>((resolve) => {
        child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
      });
      const processIds = line.trim().split(' ').map(Number);
      expect(processIds.map(isRunning)).toEqual([true, true]);
      child.kill(signal);
      await expect.poll(() => processIds.map(isRunning), { timeout: 5000 }).toEqual([false, false]);
    },
  );
});
