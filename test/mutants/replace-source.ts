import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Replacement } from './mutant.ts';

/** A replacement that does not fit the code any more: the mutant would prove nothing. */
class ReplacementError extends Error {
  override readonly name = 'ReplacementError';
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Lets the modules that this thread loads from now on be other than they are on disk.
 *
 * @returns checks that every replacement was made; it throws ReplacementError if one was not
 */
export function replaceSources(replacements: readonly Replacement[]): () => void {
  const open = new Set(replacements);
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const path = url.startsWith('file:') ? fileURLToPath(url) : url;
      const here = replacements.filter(({ file }) => path === `${root}${file}`);
      if (here.length === 0) return loaded;
      const source = here.reduce((text, replacement) => {
        open.delete(replacement);
        return replaceOnce(text, replacement);
      }, textOf(loaded.source));
      return { ...loaded, source };
    },
  });
  return () => {
    const missed = [...open].map(({ file }) => file);
    if (missed.length > 0) throw new ReplacementError(`Never loaded: ${missed.join(', ')}`);
  };
}

/** What is wrong with replacements as the files are now; each is to be in its file exactly once. */
export async function problemsOf(replacements: readonly Replacement[]): Promise<readonly string[]> {
  const texts = await Promise.all(replacements.map(({ file }) => readFile(`${root}${file}`, 'utf8')));
  return replacements.flatMap(({ file, find }, index) => {
    const times = (texts[index] ?? '').split(find).length - 1;
    return times === 1 ? [] : [`${file} holds ${times} times, not once: ${find}`];
  });
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
}

function replaceOnce(text: string, { file, find, by }: Replacement): string {
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new ReplacementError(`${file} holds ${parts.length - 1} times, not once:\n${find}`);
  return parts.join(by);
}
