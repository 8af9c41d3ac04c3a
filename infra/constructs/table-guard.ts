import type { Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitions } from '../../shared/store/partitions.ts';
import { denyEverybody } from './deny-everybody.ts';

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
 * What the table itself refuses, whatever rights somebody else in the account has been given: to write the settings or
 * their history and to close the breaker, except to the administrator's role; and to delete anything else, to everybody, because the record
 * of an order is what keeps it from being placed twice. A batch can delete and is refused as well.
 *
 * It is a guard against mistakes and against rights that are too wide, not against those who administer the account: the
 * policy can be changed by whoever may change the table's policy, so that nobody is locked out.
 */
export function tableGuard(administratorArn: string): readonly PolicyStatement[] {
  const byOthers: Conditions = { ArnNotEquals: { 'aws:PrincipalArn': administratorArn } };
  return [
    denyEverybody('DenySettingsToOthers', [...writing, ...deleting], {
      ...byOthers,
      'ForAnyValue:StringEquals': {
        'dynamodb:LeadingKeys': [partitions.settings, partitions.settingsHistory],
      },
    }),
    denyEverybody('DenyDeletingToOthers', deleting, { ...byOthers, ...notByAws }),
    denyEverybody('DenyDeletingRecords', deleting, {
      ...notByAws,
      'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': [partitions.breaker] },
    }),
  ];
}
