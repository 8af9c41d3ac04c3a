import * as v from 'valibot';
import type { DecisionQuery } from '../top-up/decisions/decision.ts';
import { cursorField, limitField, parseListQuery } from './list-query.ts';

/**
 * The query parameters of `GET /decisions`.
 *
 * @param symbols of the configured instruments; one must be named, because each has decisions of its own
 */
export function decisionQuerySchema(symbols: readonly string[]) {
  return v.strictObject({
    instrument: v.picklist(symbols, `must be one of ${symbols.join(', ')}`),
    limit: limitField,
    cursor: cursorField,
  });
}

/** @throws ProblemError `invalid-request` with everything that is wrong */
export function parseDecisionQuery(
  parameters: Readonly<Record<string, string | undefined>>,
  symbols: readonly string[],
): DecisionQuery {
  const { instrument, limit, cursor } = parseListQuery(decisionQuerySchema(symbols), parameters);
  return { instrument, limit, ...(cursor === undefined ? {} : { cursor }) };
}
