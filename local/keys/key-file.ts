import { chmod, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SigningKeyError } from '../../shared/signing/key-encoding.ts';
import { deriveKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { KeyToolError } from './key-tool-error.ts';

/** The half of a key that may be seen. */
export type PublicHalf = Pick<KeyPair, 'publicKey' | 'fingerprint'> & {
  /** Which key it is, in words. */
  readonly name: string;
};

/**
 * Writes a private key to a file that is new and that only its owner can read.
 *
 * @throws KeyToolError if there is such a file already, or it cannot be written
 */
export async function writePrivateKey(path: string, privateKey: string): Promise<void> {
  try {
    await writeFile(path, `${privateKey}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = codeOf(error);
    throw new KeyToolError(
      1,
      code === 'EEXIST'
        ? `${path} exists already and was left as it is. Choose another with --file.`
        : `${path} cannot be written (${code}). Choose another place with --file.`,
    );
  }
}

/** @throws KeyToolError that shows nothing of the file */
export async function readPrivateKey(path: string): Promise<KeyPair> {
  try {
    return deriveKeyPair(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SigningKeyError) throw new KeyToolError(1, `${path}: ${error.message}`);
    throw new KeyToolError(1, `${path} cannot be read: ${inWords(codeOf(error))}.`);
  }
}

/**
 * Writes public keys with their fingerprints where two people can compare them with what the exchange shows. To a file
 * and not to the terminal: terminals are recorded, and whoever knows a fingerprint knows which account an order is of.
 *
 * @returns the file's full path
 */
export async function writePublicHalves(path: string, halves: readonly PublicHalf[]): Promise<string> {
  const text = halves
    .map(({ name, publicKey, fingerprint }) =>
      [`Key:          ${name}`, `Public key:   ${publicKey}`, `Fingerprint:  ${fingerprint}`, ''].join('\n'),
    )
    .join('\n');
  try {
    await writeFile(path, text, { mode: 0o600 });
    // The mode given above is not applied to a file that was there.
    await chmod(path, 0o600);
    return resolve(path);
  } catch (error) {
    throw new KeyToolError(1, `${path} cannot be written (${codeOf(error)}). Start from another folder.`);
  }
}

const words: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder and no file',
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
};

function inWords(code: string): string {
  return words[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
