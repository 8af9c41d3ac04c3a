import * as v from 'valibot';
import { readProperties } from '../../runner/template/read-properties.ts';
import type { References } from '../../runner/template/references.ts';
import { resourcesOfType } from '../../runner/template/template.ts';
import { TemplateError } from '../../runner/template/template-error.ts';
import type { PolicySet, Statement } from './policy.ts';
import { documentSchema, statementsOf } from './read-statements.ts';
import { readResourcePolicies } from './resource-policies.ts';

const roleSchema = v.object({
  Policies: v.optional(v.array(v.object({ PolicyName: v.string(), PolicyDocument: documentSchema })), []),
  ManagedPolicyArns: v.optional(
    v.pipe(v.array(v.unknown()), v.maxLength(0, 'managed policies are not played here')),
  ),
  PermissionsBoundary: v.optional(v.undefined('permissions boundaries are not played here')),
});

const policySchema = v.object({ PolicyDocument: documentSchema, Roles: v.optional(v.array(v.string()), []) });

/** Types that give roles more rights, and that nothing here reads. */
const unreadTypes = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/**
 * The policies of a template.
 * @throws TemplateError that names the logical id, when one holds something that is not played here
 */
export function readPolicies(references: References): PolicySet {
  for (const [logicalId, { Type }] of resourcesOfType(references.template, ...unreadTypes)) {
    throw new TemplateError(`${logicalId}: ${Type} is not played here`);
  }
  return { roles: rolePolicies(references), resources: readResourcePolicies(references) };
}

function rolePolicies(references: References): Map<string, readonly Statement[]> {
  const roles = resourcesOfType(references.template, 'AWS::IAM::Role').map(([logicalId, resource]) => {
    const { Policies } = readProperties(logicalId, resource, roleSchema, references);
    const reference = references.resources.get(logicalId);
    return {
      name: reference?.ref ?? logicalId,
      arn: reference?.attributes['Arn'] ?? '',
      own: Policies.flatMap(({ PolicyName, PolicyDocument }) =>
        statementsOf(`${logicalId}/${PolicyName}`, PolicyDocument),
      ),
    };
  });
  const attached = resourcesOfType(references.template, 'AWS::IAM::Policy').map(([logicalId, resource]) => {
    const { PolicyDocument, Roles } = readProperties(logicalId, resource, policySchema, references);
    return { roles: Roles, statements: statementsOf(logicalId, PolicyDocument) };
  });
  return new Map(
    roles.map(({ name, arn, own }) => [
      arn,
      [...own, ...attached.filter((one) => one.roles.includes(name)).flatMap(({ statements }) => statements)],
    ]),
  );
}
