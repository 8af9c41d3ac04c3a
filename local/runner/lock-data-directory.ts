import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../emulators/process/is-running.ts';

/**
 * Takes a data directory for this process: two runners on one directory would overwrite each other's secrets.
 * A lock of a process that is gone is taken over.
 *
 * @returns gives the directory back
 * @throws when another running process has it
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'lock');
  if (!tryLock(path)) {
    const owner = Number(readFileSync(path, 'utf8'));
    if (isRunning(owner)) {
      throw new Error(`The data directory ${directory} is in use by process ${owner}.`);
    }
    rmSync(path, { force: true });
    if (!tryLock(path)) throw new Error(`The data directory ${directory} was just taken by another process.`);
  }
  return () => rmSync(path, { force: true });
}

function tryLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
