import * as v from 'valibot';
import { isPlayedKey, takesSeveralValues } from './condition-keys.ts';
import { parseOperator } from './operators.ts';
import type { Condition, PrincipalPattern, Statement } from './policy.ts';

const oneOrMore = v.pipe(
  v.unknown(),
  v.transform((value) => [value].flat()),
  v.array(
    v.pipe(
      v.union([v.string(), v.boolean(), v.number()]),
      v.transform(String),
      v.check((text) => !text.includes('${'), 'variables in policies are not played here'),
    ),
  ),
);

const conditionsSchema = v.pipe(
  v.record(v.string(), v.record(v.string(), oneOrMore)),
  v.transform((operators) =>
    Object.entries(operators).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]): Condition => ({ operator, key, values })),
    ),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const message of dataset.value.map(fault)) if (message !== undefined) addIssue({ message });
  }),
);

function fault({ operator, key }: Condition): string | undefined {
  const parsed = parseOperator(operator);
  if (parsed === undefined) return `the condition operator ${operator} is not played here`;
  if (!isPlayedKey(key)) return `the condition key ${key} is not played here`;
  if (takesSeveralValues(key) && parsed.quantifier === undefined && parsed.match !== undefined) {
    return `${key} has several values; ${operator} needs ForAllValues or ForAnyValue`;
  }
  return undefined;
}

const principalSchema = v.pipe(
  v.union([
    v.literal('*'),
    v.strictObject({ AWS: v.optional(oneOrMore, []), Service: v.optional(oneOrMore, []) }),
  ]),
  v.transform((principal): readonly PrincipalPattern[] =>
    principal === '*'
      ? [{ kind: 'everyone' }]
      : [
          ...principal.AWS.map(
            (name): PrincipalPattern => (name === '*' ? { kind: 'everyone' } : { kind: 'aws', name }),
          ),
          ...principal.Service.map((name): PrincipalPattern => ({ kind: 'service', name })),
        ],
  ),
);

const anything = v.optional(oneOrMore);

const statementSchema = v.pipe(
  v.strictObject({
    Sid: v.optional(v.string()),
    Effect: v.picklist(['Allow', 'Deny']),
    Principal: v.optional(principalSchema),
    Action: anything,
    NotAction: anything,
    Resource: oneOrMore,
    Condition: v.optional(conditionsSchema, {}),
  }),
  v.check(
    ({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined),
    'a statement has either Action or NotAction',
  ),
);

/** The policy of a role that says who may take it. Its statements are about the role and name no resource. */
export const trustSchema = v.pipe(
  v.looseObject({ Statement: v.unknown() }),
  v.transform(({ Statement, ...document }) => ({
    ...document,
    Statement: [Statement].flat().map((one) => Object.assign({ Resource: '*' }, one)),
  })),
  v.lazy(() => documentSchema),
);

/** A policy document. An element that is not played here is refused: left out, it would change what is allowed. */
export const documentSchema = v.strictObject({
  Version: v.optional(v.string()),
  Id: v.optional(v.string()),
  Statement: v.pipe(
    v.unknown(),
    v.transform((value) => [value].flat()),
    v.array(statementSchema),
  ),
});

/** The statements of a document, named after the policy that it is in. */
export function statementsOf(
  policyName: string,
  { Statement }: v.InferOutput<typeof documentSchema>,
): Statement[] {
  return Statement.map((statement, index) => ({
    name: `${policyName}/${statement.Sid ?? index + 1}`,
    effect: statement.Effect,
    principals: statement.Principal,
    actions: statement.Action ?? statement.NotAction ?? [],
    exceptActions: statement.NotAction !== undefined,
    resources: statement.Resource,
    conditions: statement.Condition,
  }));
}
