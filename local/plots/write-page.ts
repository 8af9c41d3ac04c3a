import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A page cannot be written where it was asked to be. */
export class PageFileError extends Error {
  override readonly name = 'PageFileError';
  /** Why, in words, without the path. */
  readonly why: string;

  constructor(path: string, why: string) {
    super(`${path} cannot be written: ${why}.`);
    this.why = why;
  }
}

const pageBegins = '<!doctype html>';

/**
 * Writes a page. A page that is there already is replaced; any other file is left alone.
 *
 * @throws PageFileError
 */
export async function writePage(path: string, page: string): Promise<void> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return createFile(path);
    throw new PageFileError(path, whyOf(error));
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pageBegins.length), 0, pageBegins.length, 0);
    const begins = buffer.toString('latin1', 0, bytesRead).toLowerCase();
    if (size > 0 && begins !== pageBegins) {
      throw new PageFileError(path, 'there is a file that is not a page; choose another name');
    }
    await file.truncate(0);
    await file.write(page, 0);
  } catch (error) {
    throw error instanceof PageFileError ? error : new PageFileError(path, whyOf(error));
  } finally {
    await file.close();
  }
}

async function createFile(path: string) {
  try {
    return await open(path, 'wx+');
  } catch (error) {
    const folder = dirname(path);
    const hasFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    throw new PageFileError(path, hasFolder ? whyOf(error) : `there is no folder ${folder}`);
  }
}

function whyOf(error: unknown): string {
  const code = codeOf(error);
  const known: Readonly<Record<string, string>> = {
    EACCES: 'it is not yours to write',
    EPERM: 'it is not yours to write',
    EROFS: 'nothing can be written there',
    EISDIR: 'it is a folder; name a file in it',
    ENOTDIR: 'a part of the path is a file',
    ENOSPC: 'the disk is full',
    ENAMETOOLONG: 'the name is too long',
  };
  return known[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
