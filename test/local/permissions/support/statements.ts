import type { Condition, PolicySet, Statement } from '../../../../local/permissions/policies/policy.ts';
import type { AccessRequest } from '../../../../local/runner/access/access-request.ts';

export const roleArn = 'arn:aws:iam::123456789012:role/Buyer';
export const tableArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';

/** A statement that allows to put items, with something changed. */
export function statement(change: Partial<Statement> = {}): Statement {
  return {
    name: 'Policy/One',
    effect: 'Allow',
    principals: undefined,
    actions: ['dynamodb:PutItem'],
    exceptActions: false,
    resources: [tableArn],
    conditions: [],
    ...change,
  };
}

/** A condition. */
export function when(operator: string, key: string, ...values: readonly string[]): Condition {
  return { operator, key, values };
}

/** Policies of the role, and of resources. */
export function policies(
  ofRole: readonly Statement[],
  ofResources: Readonly<Record<string, readonly Statement[]>> = {},
): PolicySet {
  return { roles: new Map([[roleArn, ofRole]]), resources: new Map(Object.entries(ofResources)) };
}

/** The role asks to put an item, with something changed. */
export function asked(
  change: Partial<Omit<AccessRequest, 'function'>> = {},
): Omit<AccessRequest, 'function'> {
  return {
    principal: { kind: 'role', arn: roleArn },
    action: 'dynamodb:PutItem',
    resource: tableArn,
    context: {},
    ...change,
  };
}
