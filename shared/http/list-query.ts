import * as v from 'valibot';
import { ProblemError } from './problem.ts';

/** Symbol of an instrument. */
export const instrumentField = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,40}$/, 'must be the symbol of an instrument'),
);

/** Entries of a page. */
export const limitField = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100'),
    v.transform(Number),
  ),
  '20',
);

/** `nextCursor` of the page before. */
export const cursorField = v.optional(
  v.pipe(v.string(), v.maxLength(400, 'is not one that this service gave out')),
);

/**
 * The parameters of a list, checked. Those that are not given are absent.
 *
 * @throws ProblemError `invalid-request` with everything that is wrong
 */
export function parseListQuery<Schema extends v.GenericSchema>(
  schema: Schema,
  parameters: Readonly<Record<string, string | undefined>>,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parameters);
  if (parsed.success) return parsed.output;
  const errors = parsed.issues.map((issue) => ({
    field: v.getDotPath(issue) ?? 'query',
    message: messageOf(issue),
  }));
  throw new ProblemError('invalid-request', { errors });
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  return issue.expected === 'never' ? 'is not a parameter of this list' : 'is missing';
}
