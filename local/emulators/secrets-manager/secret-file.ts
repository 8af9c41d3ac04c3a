import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { type Secrets, secretFileSchema } from './secret.ts';

/**
 * Reads the secrets, none when there is no file yet.
 * @throws when the file is damaged: going on would overwrite what can perhaps be saved
 */
export function readSecretFile(path: string): Secrets {
  if (!existsSync(path)) return [];
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return v.parse(secretFileSchema, content).secrets;
  } catch {
    // Without the cause: a parser's message may quote the file.
    throw new Error(`The file of the secrets is damaged: ${path}. Move it away to start without secrets.`);
  }
}

/**
 * Writes the secrets so that a crash leaves the old file or the new one, never a part of either.
 * Only the owner can read it.
 */
export function writeSecretFile(path: string, secrets: Secrets): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    // The mode given to open is not applied to a draft that a crash left behind.
    fchmodSync(file, 0o600);
    writeFileSync(file, JSON.stringify({ secrets }, undefined, 2));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Makes the rename itself durable. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
