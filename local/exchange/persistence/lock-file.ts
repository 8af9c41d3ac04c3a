import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Takes a file's place for this process: two exchanges that write one journal would spoil it. A lock of a process
 * that is gone is taken over.
 *
 * @returns gives the place back, once
 * @throws when another running process has it
 */
export function takeLock(path: string): () => void {
  if (!tryLock(path)) {
    const owner = Number(readFileSync(path, 'utf8'));
    if (isRunning(owner)) {
      throw new Error(
        `An exchange of process ${owner} uses this data directory already. If there is none, delete ${path}.`,
      );
    }
    rmSync(path, { force: true });
    if (!tryLock(path)) throw new Error(`Another exchange has just taken ${path}.`);
  }
  let held = true;
  return () => {
    // By the second time somebody else may have it.
    if (held) rmSync(path, { force: true });
    held = false;
  };
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not permitted means that it exists.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
