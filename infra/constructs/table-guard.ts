import { AnyPrincipal, type Conditions, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitions } from '../../shared/store/partitions.ts';

const deleting = ['dynamodb:DeleteItem', 'dynamodb:PartiQLDelete', 'dynamodb:BatchWriteItem'];
const writing = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
];

/** What has expired is removed by DynamoDB itself, which is not to be taken for a person. */
const notByAws: Conditions = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

/**
 * What the table itself refuses, whatever rights somebody else in the account has been given: to write the settings and
 * to close the breaker, except to the administrator's role; and to delete anything else, to everybody, because the record
 * of an order is what keeps it from being placed twice. A batch can delete and is refused as well.
 *
 * It is a guard against mistakes and against rights that are too wide, not against those who administer the account: the
 * policy can be changed by whoever may change the table's policy, so that nobody is locked out.
 */
export function tableGuard(administratorArn: string): readonly PolicyStatement[] {
  const byOthers: Conditions = { ArnNotEquals: { 'aws:PrincipalArn': administratorArn } };
  return [
    deny('DenySettingsToOthers', [...writing, ...deleting], {
      ...byOthers,
      'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': [partitions.settings] },
    }),
    deny('DenyDeletingToOthers', deleting, { ...byOthers, ...notByAws }),
    deny('DenyDeletingRecords', deleting, {
      ...notByAws,
      'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': [partitions.breaker] },
    }),
  ];
}

function deny(sid: string, actions: string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions,
    // Inside a table's own policy `*` is that table; its name is not known before it is made.
    resources: ['*'],
    conditions,
  });
}
