import type { RequestContext } from '../../runner/access/access-request.ts';
import { type Operator, parseOperator } from './operators.ts';
import type { Condition } from './policy.ts';

/**
 * Whether a condition holds for a request, by IAM's rules.
 *
 * An absent key: a comparison fails and a negated one holds. `ForAllValues` holds, because there is no value that
 * does not match; `ForAnyValue` fails.
 *
 * @throws for an operator that is unknown: those are found when the policies are read
 */
export function holds({ operator: text, key, values: wanted }: Condition, context: RequestContext): boolean {
  const operator = parseOperator(text);
  if (operator === undefined) throw new Error(`the condition operator ${text} is not played here`);
  const values = valuesOf(context, key);
  const { quantifier, match, negated, ifExists } = operator;
  if (match === undefined) return String(values.length === 0) === wanted.at(0)?.toLowerCase();
  if (values.length === 0) return ifExists || whenAbsent(operator);
  const matching = values.map((value) => wanted.some((one) => match(value, one)) !== negated);
  return quantifier === 'ForAnyValue' ? matching.includes(true) : !matching.includes(false);
}

function whenAbsent({ quantifier, negated }: Operator): boolean {
  if (quantifier !== undefined) return quantifier === 'ForAllValues';
  return negated;
}

/** Names of keys are compared without regard to case. */
function valuesOf(context: RequestContext, key: string): readonly string[] {
  const exact = context[key];
  if (exact !== undefined) return exact;
  const name = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase());
  return name === undefined ? [] : (context[name] ?? []);
}
