/**
 * What of an error may be logged by Lambda itself, which writes down everything that an uncaught one carries: its name, its
 * code and where it happened. A message or a property may quote what was asked or answered.
 */
export function bareError(error: unknown): Error {
  const name = error instanceof Error ? error.name : 'unknown';
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const bare = new Error(code === undefined ? name : `${name} (${code})`);
  bare.name = name;
  bare.stack = [`${name}:`, stackOf(error)].join('\n');
  return bare;
}

/** Where it happened, without what it said; undefined if it does not know. */
export function stackOf(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')
    : undefined;
}
