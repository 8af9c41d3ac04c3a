/** JSON with its numbers kept as the text they were written in, so that no amount passes through a double. */
export type ExactJson =
  | string
  | boolean
  | null
  | readonly ExactJson[]
  | { readonly [name: string]: ExactJson };

interface ReviverContext {
  readonly source?: string;
}

function keepNumberText(_name: string, value: unknown, context?: ReviverContext): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

/** Parses JSON; undefined if the text is none. */
export function parseExactJson(text: string): ExactJson | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON with its numbers turned into text is exactly this type
    return JSON.parse(text, keepNumberText) as ExactJson;
  } catch {
    return undefined;
  }
}
