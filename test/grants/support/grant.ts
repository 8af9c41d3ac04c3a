import { applies } from '../../../local/permissions/policies/decide.ts';
import type { Condition, PolicySet, Statement } from '../../../local/permissions/policies/policy.ts';
import type { AccessRequest } from '../../../local/runner/access/access-request.ts';

type Holder = 'roles' | 'resources';

/** One action on one resource that one statement allows; if it lists keys of items, with one of them. */
export interface Grant {
  /** The same for the same template, whatever the services generate. */
  readonly name: string;
  readonly action: string;
  /** Whether a request is allowed by this grant. */
  covers(request: AccessRequest): boolean;
  /** The policies without it. */
  takenFrom(policies: PolicySet): PolicySet;
}

const leadingKeys = 'dynamodb:LeadingKeys';

/**
 * All grants of the policies: of the roles, and to services of AWS. Not among them: that people take a role, what a key's
 * policy leaves to the account, and that Lambda takes the roles of the functions, without which the stack does not start.
 */
export function grantsOf(policies: PolicySet): readonly Grant[] {
  return (['roles', 'resources'] as const).flatMap((holder) =>
    [...policies[holder]].flatMap(([arn, statements]) =>
      statements
        .filter(({ effect }) => effect === 'Allow')
        .filter((one) => holder === 'roles' || isToService(one))
        .flatMap((statement) => grantsOfStatement(holder, arn, statement)),
    ),
  );
}

function isToService({ principals = [] }: Statement): boolean {
  return principals.some((one) => one.kind === 'service' && one.name !== 'lambda.amazonaws.com');
}

function grantsOfStatement(holder: Holder, arn: string, statement: Statement): readonly Grant[] {
  return statement.actions.flatMap((action) =>
    statement.resources.flatMap((resource) => {
      const one = { ...statement, actions: [action], resources: [resource] };
      const keys = statement.conditions.find(({ key }) => key === leadingKeys)?.values ?? [undefined];
      return keys.map((key) => grant(holder, arn, one, key));
    }),
  );
}

function grant(holder: Holder, arn: string, statement: Statement, key: string | undefined): Grant {
  const [action = ''] = statement.actions;
  const [resource = ''] = statement.resources;
  const narrow = key === undefined ? statement : withKeys(statement, [key]);
  const isSame = (one: Statement): boolean =>
    one.name === statement.name && one.actions.includes(action) && one.resources.includes(resource);
  return {
    name: [readable(arn), action, 'on', readable(resource), key].filter(Boolean).join(' '),
    action,
    covers: (request) =>
      (holder === 'roles'
        ? request.principal.kind === 'role' && request.principal.arn === arn
        : request.resource === arn) && applies(narrow, request),
    takenFrom: (policies) => ({
      ...policies,
      [holder]: new Map(
        [...policies[holder]].map(([of, statements]) => [
          of,
          of === arn
            ? statements.flatMap((one) => (isSame(one) ? without(one, action, resource, key) : [one]))
            : statements,
        ]),
      ),
    }),
  };
}

/** A statement taken apart by action and resource, without one of them, or without one key of it. */
function without(
  statement: Statement,
  action: string,
  resource: string,
  key: string | undefined,
): readonly Statement[] {
  return statement.actions.flatMap((oneAction) =>
    statement.resources.flatMap((oneResource) => {
      const one = { ...statement, actions: [oneAction], resources: [oneResource] };
      if (oneAction !== action || oneResource !== resource) return [one];
      const keys = statement.conditions.find((condition) => condition.key === leadingKeys)?.values ?? [];
      const rest = keys.filter((candidate) => candidate !== key);
      return rest.length === 0 ? [] : [withKeys(one, rest)];
    }),
  );
}

function withKeys(statement: Statement, values: readonly string[]): Statement {
  const conditions = statement.conditions.map(
    (condition): Condition => (condition.key === leadingKeys ? { ...condition, values } : condition),
  );
  return { ...statement, conditions };
}

/** The logical id in a generated name, without CDK's hash; the end of an ARN otherwise. */
function readable(arn: string): string {
  const generated = /([A-Za-z]+?)[0-9A-F]{8}-[0-9A-Fa-f]{6,12}(?:-\w{6})?(\/index\/\w+)?/.exec(arn);
  const [, logicalId, index = ''] = generated ?? [];
  return logicalId === undefined ? (arn.split(':').at(-1) ?? arn) : `${logicalId}${index}`;
}
