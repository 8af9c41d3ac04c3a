import { describe, expect, it } from 'vitest';
import { tableShape } from '../../../shared/store/table-shape.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const type = 'AWS::DynamoDB::GlobalTable';
const table = resourceOf(synthesize(), type);

describe('the order table', () => {
  it('has the keys that the store uses', () => {
    expect(table.Properties['KeySchema']).toEqual([
      { AttributeName: tableShape.partitionKey, KeyType: 'HASH' },
      { AttributeName: tableShape.sortKey, KeyType: 'RANGE' },
    ]);
    expect(table.Properties['AttributeDefinitions']).toEqual([
      { AttributeName: tableShape.partitionKey, AttributeType: 'S' },
      { AttributeName: tableShape.sortKey, AttributeType: 'S' },
      { AttributeName: tableShape.workIndex.partitionKey, AttributeType: 'S' },
      { AttributeName: tableShape.workIndex.sortKey, AttributeType: 'N' },
      { AttributeName: tableShape.createdIndex.partitionKey, AttributeType: 'S' },
      { AttributeName: tableShape.createdIndex.sortKey, AttributeType: 'N' },
    ]);
  });

  it('has an index of unfinished orders with keys only, and one of all orders with everything', () => {
    expect(table.Properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: tableShape.workIndex.name,
        KeySchema: [
          { AttributeName: tableShape.workIndex.partitionKey, KeyType: 'HASH' },
          { AttributeName: tableShape.workIndex.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
      {
        IndexName: tableShape.createdIndex.name,
        KeySchema: [
          { AttributeName: tableShape.createdIndex.partitionKey, KeyType: 'HASH' },
          { AttributeName: tableShape.createdIndex.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ]);
  });

  it('is paid by request, encrypted with a KMS key, and forgets what has expired', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: tableShape.timeToLive, Enabled: true },
    });
  });

  it.each([true, false])(
    'can be restored to any second of the last weeks (protection %s)',
    (removalProtection) => {
      expect(resourceOf(synthesize({ removalProtection }), type).Properties['Replicas']).toMatchObject([
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ]);
    },
  );
});

describe('the policy of the table', () => {
  const writing = [
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:PartiQLInsert',
    'dynamodb:PartiQLUpdate',
  ];
  const deleting = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete'];
  const administrator = {
    'Fn::GetAtt': [resourceOf(synthesize(), 'AWS::IAM::Role', 'AdministratorRole').logicalId, 'Arn'],
  };
  const byOthers = { ArnNotEquals: { 'aws:PrincipalArn': administrator } };
  const notByAws = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

  it('refuses everybody what only the administrator may, and to delete a record at all', () => {
    expect(table.Properties['Replicas']).toMatchObject([
      {
        ResourcePolicy: {
          PolicyDocument: {
            Statement: [
              {
                Sid: 'DenySettingsToOthers',
                Action: [...writing, ...deleting].toSorted(),
                Condition: {
                  ...byOthers,
                  'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['SETTINGS', 'SETTINGS#HISTORY'] },
                },
              },
              { Sid: 'DenyDeletingToOthers', Action: deleting, Condition: { ...byOthers, ...notByAws } },
              {
                Sid: 'DenyDeletingRecords',
                Action: deleting,
                Condition: {
                  ...notByAws,
                  'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['BREAKER'] },
                },
              },
            ],
          },
        },
      },
    ]);
  });

  it('only refuses, and never to change it, so that nobody is locked out', () => {
    const policy = JSON.stringify(table.Properties['Replicas']);
    expect(policy.match(/"Effect":"(\w+)"/g)).toEqual(Array.from({ length: 3 }, () => '"Effect":"Deny"'));
    expect(policy).not.toMatch(/dynamodb:(?:\*|\w*Policy)/);
  });
});

describe('a table that was restored from a backup', () => {
  const restored = synthesize({ restoredTable: 'orders-of-monday' });

  it('is used by every function and by the administrator, and named in the outputs', () => {
    const names = resources(restored, 'AWS::Lambda::Function').map(({ Properties }) =>
      JSON.stringify(Properties['Environment']),
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(name).toContain('"orders-of-monday"');
    expect(restored.findOutputs('TableName')).toMatchObject({ TableName: { Value: 'orders-of-monday' } });
  });

  it("takes every right on the stack's own away from everybody", () => {
    const [own = ''] = Object.keys(restored.findResources(type));
    const policies = JSON.stringify(restored.findResources('AWS::IAM::Policy'));
    expect(policies).not.toContain(own);
    expect(policies).toContain(':table/orders-of-monday');
  });

  it("leaves the stack's own as it is", () => {
    expect(resourceOf(restored, type)).toEqual(table);
  });
});
