import * as v from 'valibot';
import { orderStates } from '../orders/order.ts';
import type { OrderQuery } from '../orders/store-port.ts';
import { ProblemError } from './problem.ts';

/** The query parameters of `GET /orders`. */
const orderQuerySchema = v.strictObject({
  state: v.optional(v.picklist(orderStates, `must be one of ${orderStates.join(', ')}`)),
  /** Symbol of an instrument. */
  instrument: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'must be the symbol of an instrument')),
  ),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100'),
      v.transform(Number),
    ),
    '20',
  ),
  /** `nextCursor` of the page before. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200, 'is not one that this service gave out'))),
});

/** @throws ProblemError `invalid-request` with everything that is wrong */
export function parseOrderQuery(parameters: Readonly<Record<string, string | undefined>>): OrderQuery {
  const parsed = v.safeParse(orderQuerySchema, parameters);
  if (!parsed.success) {
    const errors = parsed.issues.map((issue) => ({
      field: v.getDotPath(issue) ?? 'query',
      message: issue.type === 'strict_object' ? 'is not a parameter of this list' : issue.message,
    }));
    throw new ProblemError('invalid-request', { errors });
  }
  const { state, instrument, limit, cursor } = parsed.output;
  return {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(instrument === undefined ? {} : { instrument }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
