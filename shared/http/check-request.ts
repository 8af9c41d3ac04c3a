import * as v from 'valibot';
import {
  fieldProblem,
  instrumentNamed,
  marketField,
  marketProblems,
  type NamedInstrument,
} from './body-problems.ts';
import { ProblemError } from './problem.ts';
import { parseFlatObject } from './strict-json.ts';

/** What a caller says when it asks for a balance check. */
export interface CheckRequest {
  /** Symbols of the instruments of which it was refused. */
  readonly refused: ReadonlySet<string>;
}

/** The body of `POST /checks`. */
export const checkBodySchema = v.strictObject({
  /** Which instrument `refused` is about; all of them if absent. */
  market: v.optional(marketField),
  /** Whether the application was refused for want of Units. */
  refused: v.optional(v.boolean('must be true or false'), false),
});

/**
 * The body of a call for a balance check; an empty one says nothing in particular.
 *
 * @throws ProblemError `invalid-request` with everything that is wrong
 */
export function parseCheckRequest(body: string, instruments: readonly NamedInstrument[]): CheckRequest {
  const fields = body === '' ? {} : parseFlatObject(body);
  const parsed = v.safeParse(checkBodySchema, fields);
  const errors = [
    ...(parsed.issues ?? []).map((issue) => fieldProblem(issue, 'a call for a check')),
    ...marketProblems(fields['market'], instruments),
  ];
  if (!parsed.success || errors.length > 0) throw new ProblemError('invalid-request', { errors });
  const { market, refused } = parsed.output;
  const named = market === undefined ? instruments : [instrumentNamed(market, instruments)];
  const symbols = named.flatMap((one) => (one === undefined ? [] : [one.symbol]));
  return { refused: new Set(refused ? symbols : []) };
}
