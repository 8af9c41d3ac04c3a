import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file in one step, and only if it is to change: two syntheses at the same time must not take the bundles
 * from under each other.
 */
export async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, contents);
  await rename(partial, path);
}

/** Removes everything else from a folder: what is in it is deployed. */
export async function keepOnly(folder: string, file: string): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name !== file);
  for (const name of others) await rm(join(folder, name), { recursive: true });
}
