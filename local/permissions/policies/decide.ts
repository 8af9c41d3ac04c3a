import type { AccessRequest } from '../../runner/access/access-request.ts';
import { holds } from './holds.ts';
import { isArnLike, isLike } from './patterns.ts';
import type { Condition, PolicySet, Statement } from './policy.ts';
import { namesAccountOf, namesPrincipal } from './principals.ts';

/** Whether a request is allowed, and if not, why. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

type Asked = Omit<AccessRequest, 'function'>;

/**
 * Decides on a request by the rules that IAM has within one account: a statement that denies wins; else one that
 * allows is needed, in the policies of the role or in the policy of the resource; without any the answer is no.
 *
 * An evaluator of our own, because the one package for it on npm comes under the AGPL.
 */
export function decide(policies: PolicySet, asked: Asked): Decision {
  const ofRole = asked.principal.kind === 'role' ? (policies.roles.get(asked.principal.arn) ?? []) : [];
  const ofResource = resourcePolicy(policies, asked.resource);
  const aboutPrincipal = ofResource.filter(
    (statement) =>
      namesPrincipal(statement, asked.principal) ||
      (statement.effect === 'Deny' && namesAccountOf(statement, asked.principal)),
  );
  const applying = [...ofRole, ...aboutPrincipal].filter((statement) => applies(statement, asked));
  const denying = applying.find(({ effect }) => effect === 'Deny');
  if (denying !== undefined) return { allowed: false, why: `${denying.name} denies it` };
  if (!applying.some(({ effect }) => effect === 'Allow'))
    return { allowed: false, why: missing(ofRole, asked) };
  return keyPolicyAgrees(ofResource, asked)
    ? { allowed: true }
    : { allowed: false, why: 'the policy of the key does not let the account decide' };
}

/** Whether a statement is about this request, whatever it says of it. */
export function applies(statement: Statement, asked: Asked): boolean {
  return isAbout(statement, asked) && statement.conditions.every((one) => holds(one, asked.context));
}

function isAbout(statement: Statement, { action, resource }: Asked): boolean {
  const listed = statement.actions.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()));
  return (
    listed !== statement.exceptActions && statement.resources.some((pattern) => isArnLike(resource, pattern))
  );
}

/** An index has no policy of its own: that of its table is about it too. */
function resourcePolicy({ resources }: PolicySet, arn: string): readonly Statement[] {
  return resources.get(arn) ?? resources.get(arn.replace(/\/index\/[^/]+$/, '')) ?? [];
}

/** A KMS key, unlike other resources, is open to the roles of its account only as far as its policy says so. */
function keyPolicyAgrees(keyPolicy: readonly Statement[], asked: Asked): boolean {
  if (!asked.action.startsWith('kms:')) return true;
  return keyPolicy.some(
    (statement) =>
      statement.effect === 'Allow' &&
      applies(statement, asked) &&
      (namesPrincipal(statement, asked.principal) || namesAccountOf(statement, asked.principal)),
  );
}

/** Says which statement comes near, because that is the one that is too narrow. */
function missing(statements: readonly Statement[], asked: Asked): string {
  const near = statements.filter(({ effect }) => effect === 'Allow').filter((one) => isAbout(one, asked));
  const failed = near.flatMap(({ name, conditions }) =>
    conditions
      .filter((condition) => !holds(condition, asked.context))
      .map((condition) => `${name} asks for ${inWords(condition)}`),
  );
  const known = Object.entries(asked.context).map(([key, values]) => `${key} ${values.join(', ')}`);
  return failed.length === 0
    ? 'no statement allows it'
    : `${failed.join('; ')}, and the request has ${known.join('; ')}`;
}

function inWords({ operator, key, values }: Condition): string {
  return `${key} ${operator} ${values.join(' | ')}`;
}
