import { isArnLike, isLike } from './patterns.ts';

/** Whether a value of the request matches one of the policy. */
type Match = (value: string, wanted: string) => boolean;

/** A condition operator of IAM, taken apart. */
export interface Operator {
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** Undefined for `Null`, which compares no values. */
  readonly match: Match | undefined;
  /** The condition holds where nothing matches, as with `StringNotEquals`. */
  readonly negated: boolean;
  /** The condition holds also where the key is absent. */
  readonly ifExists: boolean;
}

const equals: Match = (value, wanted) => value === wanted;
const equalsInAnyCase: Match = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();

const matches: ReadonlyMap<string, readonly [match: Match | undefined, negated: boolean]> = new Map([
  ['StringEquals', [equals, false]],
  ['StringNotEquals', [equals, true]],
  ['StringEqualsIgnoreCase', [equalsInAnyCase, false]],
  ['StringNotEqualsIgnoreCase', [equalsInAnyCase, true]],
  ['StringLike', [isLike, false]],
  ['StringNotLike', [isLike, true]],
  // IAM treats `ArnEquals` and `ArnLike` alike.
  ['ArnEquals', [isArnLike, false]],
  ['ArnLike', [isArnLike, false]],
  ['ArnNotEquals', [isArnLike, true]],
  ['ArnNotLike', [isArnLike, true]],
  ['Bool', [equalsInAnyCase, false]],
  ['Null', [undefined, false]],
] as const);

/** Takes an operator apart, or gives undefined when it is none that is played here. */
export function parseOperator(text: string): Operator | undefined {
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(text) ?? [];
  const found = matches.get(name);
  if (found === undefined) return undefined;
  const [match, negated] = found;
  if (match === undefined && (quantifier !== undefined || ifExists !== undefined)) return undefined;
  return {
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    match,
    negated,
    ifExists: ifExists !== undefined,
  };
}
