import * as v from 'valibot';

const longest = 200;

/** The body of `POST /stop`, if there is one. */
export const stopBodySchema = v.object({ reason: v.pipe(v.string(), v.trim(), v.nonEmpty()) });
const bodySchema = v.pipe(v.string(), v.parseJson(), stopBodySchema);

/**
 * Why somebody stops all buying, at most 200 characters of it; undefined if they do not say. A body that cannot be
 * read says nothing: whatever is wrong with it, buying has to stop.
 */
export function parseStopReason(body: string): string | undefined {
  const parsed = v.safeParse(bodySchema, body);
  return parsed.success ? parsed.output.reason.slice(0, longest) : undefined;
}
