import * as v from 'valibot';
import type { FieldProblem } from './problem.ts';

/** How a caller can name an instrument. */
export interface NamedInstrument {
  readonly symbol: string;
  /** The exchange's id of its market. */
  readonly marketId: string;
}

/** 16 to 255 visible ASCII characters. */
export const idempotencyKeyShape = /^[\x21-\x7e]{16,255}$/;

/** Symbol of an instrument, or the exchange's id of its market. */
export const marketField = v.string('must be the symbol of an instrument or the id of its market');

/** @param what the key stands for: `order` */
export function keyProblems(key: string | undefined, what: string): readonly FieldProblem[] {
  if (key !== undefined && idempotencyKeyShape.test(key)) return [];
  const verb = key === undefined ? 'is missing; it must be' : 'must be';
  return [
    {
      field: 'Idempotency-Key',
      message: `${verb} 16 to 255 visible ASCII characters, new for each ${what}`,
    },
  ];
}

/**
 * What an issue of a schema means to a caller.
 *
 * @param what the body is: `an order`
 */
export function fieldProblem(issue: v.BaseIssue<unknown>, what: string): FieldProblem {
  const field = v.getDotPath(issue) ?? 'body';
  if (issue.type === 'strict_object') {
    const message = issue.expected === 'never' ? `is not a field of ${what}` : 'is missing';
    return { field, message };
  }
  return { field, message: issue.message };
}

/** The configured instrument that a body's `market` names. */
export function instrumentNamed<Instrument extends NamedInstrument>(
  market: unknown,
  instruments: readonly Instrument[],
): Instrument | undefined {
  return instruments.find(({ symbol, marketId }) => symbol === market || marketId === market);
}

/** A market that is not text is a matter of the schema. */
export function marketProblems(
  market: unknown,
  instruments: readonly NamedInstrument[],
): readonly FieldProblem[] {
  if (typeof market !== 'string' || instrumentNamed(market, instruments) !== undefined) return [];
  const known = instruments.map(({ symbol }) => symbol).join(', ');
  return [{ field: 'market', message: `is not one of the configured instruments: ${known}` }];
}
