import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalitiesOf } from '../../../local/permissions/requests/key-condition.ts';
import { createTableKeys } from '../../../local/permissions/requests/table-keys.ts';
import { wantedOfDynamoDb } from '../../../local/permissions/requests/wanted-of-dynamodb.ts';
import { wantedOfSecrets } from '../../../local/permissions/requests/wanted-of-secrets.ts';
import { tableArn } from './support/statements.ts';

const identity = { stackName: 'stack', accountId: '123456789012', region: 'eu-west-1' };
const hash = (name: string) => [{ AttributeName: name, KeyType: 'HASH' as const }];
const tables = createTableKeys(
  [
    {
      logicalId: 'Table',
      name: 'orders',
      AttributeDefinitions: [],
      KeySchema: [...hash('pk'), { AttributeName: 'sk', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'work', KeySchema: hash('work'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      LocalSecondaryIndexes: [],
    },
  ],
  identity,
);
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
const TableName = 'orders';
const wanted = (operation: string, input: unknown) => wantedOfDynamoDb(operation, input, tables);
const leading = (...keys: readonly string[]) => ({ 'dynamodb:LeadingKeys': keys });

describe('a request to DynamoDB', () => {
  it.each([
    ['GetItem', { TableName, Key: key('A') }],
    ['UpdateItem', { TableName: tableArn, Key: key('A'), UpdateExpression: 'SET x = :x' }],
    ['DeleteItem', { TableName, Key: key('A') }],
    ['PutItem', { TableName, Item: { ...key('A'), more: { BOOL: true } } }],
  ])('%s is about one key', (operation, input) => {
    expect(wanted(operation, input)).toEqual([
      { action: `dynamodb:${operation}`, resource: tableArn, context: leading('A') },
    ]);
  });

  it('in a transaction is about each item, and about all items of an action', () => {
    const items = [
      { Put: { TableName, Item: key('A') } },
      { Put: { TableName, Item: key('B'), ConditionExpression: 'attribute_not_exists(pk)' } },
      { Update: { TableName, Key: key('C') } },
      { ConditionCheck: { TableName, Key: key('D') } },
      { Delete: { TableName, Key: key('E') } },
    ];
    const found = wanted('TransactWriteItems', { TransactItems: items, ClientRequestToken: 'x' });
    const enclosed = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };
    expect(found).toEqual(
      [
        ['PutItem', 'A'],
        ['PutItem', 'B'],
        ['UpdateItem', 'C'],
        ['ConditionCheckItem', 'D'],
        ['DeleteItem', 'E'],
        ['PutItem', 'A', 'B'],
      ].map(([action, ...keys]) => ({
        action: `dynamodb:${action}`,
        resource: tableArn,
        context: { ...leading(...keys), ...enclosed },
      })),
    );
    expect(wanted('TransactGetItems', { TransactItems: [{ Get: { TableName, Key: key('A') } }] })).toEqual([
      {
        action: 'dynamodb:GetItem',
        resource: tableArn,
        context: { ...leading('A'), 'dynamodb:EnclosingOperation': ['TransactGetItems'] },
      },
    ]);
  });

  it.each([
    ['pk = :a', undefined],
    ['#k = :a AND begins_with(sk, :b)', undefined],
    ['sk BETWEEN :b AND :c and (#k = :a)', undefined],
    ['( #k=:a ) AND sk >= :b', undefined],
    ['work = :a AND dueAt < :b', 'work'],
  ])('to query by %s is about the key that it names', (KeyConditionExpression, IndexName) => {
    const found = wanted('Query', {
      TableName,
      ...(IndexName === undefined ? {} : { IndexName }),
      KeyConditionExpression,
      ExpressionAttributeNames: { '#k': 'pk' },
      ExpressionAttributeValues: { ':a': { S: 'A' }, ':b': { S: 'B' }, ':c': { S: 'C' } },
    });
    const resource = IndexName === undefined ? tableArn : `${tableArn}/index/${IndexName}`;
    expect(found).toEqual([{ action: 'dynamodb:Query', resource, context: leading('A') }]);
  });

  it('to scan names no key, and batches name all of theirs', () => {
    expect(wanted('Scan', { TableName })).toEqual([
      { action: 'dynamodb:Scan', resource: tableArn, context: {} },
    ]);
    expect(wanted('BatchGetItem', { RequestItems: { orders: { Keys: [key('A'), key('B')] } } })).toEqual([
      { action: 'dynamodb:BatchGetItem', resource: tableArn, context: leading('A', 'B') },
    ]);
    const written = { [tableArn]: { Keys: [key('B')] }, orders: { Keys: [key('A')], ConsistentRead: true } };
    expect(wanted('BatchGetItem', { RequestItems: written })).toEqual(
      ['B', 'A'].map((one) => ({
        action: 'dynamodb:BatchGetItem',
        resource: tableArn,
        context: leading(one),
      })),
    );
    const writes = [{ PutRequest: { Item: key('A') } }, { DeleteRequest: { Key: key('B') } }];
    expect(wanted('BatchWriteItem', { RequestItems: { orders: writes } })).toEqual([
      { action: 'dynamodb:BatchWriteItem', resource: tableArn, context: leading('A', 'B') },
    ]);
    expect(wanted('DescribeTable', { TableName })).toEqual([
      { action: 'dynamodb:DescribeTable', resource: tableArn, context: {} },
    ]);
  });
});

describe('a request that is not understood', () => {
  it.each([
    ['an operation that is not known', 'ExecuteStatement', { Statement: 'DELETE FROM orders' }],
    ['no operation', '', {}],
    ['no input', 'GetItem', undefined],
    ['a table that is not of the template', 'GetItem', { TableName: 'other', Key: key('A') }],
    ['a key without its partition', 'GetItem', { TableName, Key: { sk: { S: '1' } } }],
    ['a key of a type that it cannot have', 'GetItem', { TableName, Key: { pk: { BOOL: true } } }],
    ['an index that does not exist', 'Scan', { TableName, IndexName: 'none' }],
    ['a transaction without items', 'TransactWriteItems', { TransactItems: [] }],
    [
      'a member of a transaction that is not known',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName, Item: key('A') } }, { Merge: { TableName, Key: key('B') } }] },
    ],
    [
      'two members in one',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName, Item: key('A') }, Delete: { TableName, Key: key('B') } }] },
    ],
    ['a batch without tables', 'BatchGetItem', { RequestItems: {} }],
    ['a batch without keys', 'BatchGetItem', { RequestItems: { orders: { Keys: [] } } }],
    [
      'a batch with one table that is not of the template',
      'BatchGetItem',
      { RequestItems: { orders: { Keys: [key('A')] }, other: { Keys: [key('A')] } } },
    ],
    [
      'a batch with one key without its partition',
      'BatchGetItem',
      { RequestItems: { orders: { Keys: [key('A'), { sk: { S: '1' } }] } } },
    ],
    ['a query in the old way', 'Query', { TableName, KeyConditions: {} }],
  ])('%s', (_name, operation, input) => {
    expect(wanted(operation, input)).toBeUndefined();
  });

  it.each([
    'pk < :a',
    'pk = :a OR pk = :b',
    'NOT pk = :a',
    'pk = :a AND pk = :b',
    'sk = :a',
    ':a = pk',
    'pk = :missing',
    'pk = :a garbage',
    '(pk = :a',
    'pk = :a AND',
    "pk = 'A'",
    '',
  ])('a query by %s', (KeyConditionExpression) => {
    const ExpressionAttributeValues = { ':a': { S: 'A' }, ':b': { S: 'B' } };
    expect(wanted('Query', { TableName, KeyConditionExpression, ExpressionAttributeValues })).toBeUndefined();
  });

  it('is never taken for one of another key, whatever the expression looks like', () => {
    const clauses = [
      'pk = :a',
      'pk = :b',
      '#k = :b',
      'sk > :a',
      'begins_with(sk, :b)',
      'sk BETWEEN :a AND :b',
    ];
    const word = fc.constantFrom(...clauses, 'AND', 'AND', 'OR', '(', ')', 'pk', '=', ':a', ',');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const text = words.join(' ');
        const found = wanted('Query', {
          TableName,
          KeyConditionExpression: text,
          ExpressionAttributeNames: { '#k': 'pk' },
          ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } },
        });
        const compared = [...text.matchAll(/(?:pk|#k) = :(\w)/g)].map(([, value = '']) => value);
        const keys = found?.map(({ context }) => context) ?? [leading(...compared)];
        expect(keys).toEqual([leading(...compared)]);
        expect(found === undefined || (compared.length === 1 && !words.includes('OR'))).toBe(true);
      }),
    );
  });

  it('names the key that the expression was written for', () => {
    const names = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
    fc.assert(
      fc.property(names, names, fc.boolean(), (name, value, turned) => {
        const parts = [`${name} = :${value}`, 'begins_with(#s, :s)'];
        const text = (turned ? parts.toReversed() : parts).join(' AND ');
        expect(equalitiesOf(text)).toEqual([{ name, value: `:${value}` }]);
      }),
    );
  });
});

describe('a request to Secrets Manager', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-a1B2c3';
  const of = (operation: string, input: unknown, kmsKeyId?: string) =>
    wantedOfSecrets(operation, input, { identity, secrets: [{ arn, name: 'key', kmsKeyId }] });

  it('has a version only if it names one', () => {
    for (const SecretId of ['key', arn, arn.slice(0, -7)]) {
      expect(of('GetSecretValue', { SecretId })).toEqual([
        {
          action: 'secretsmanager:GetSecretValue',
          resource: arn,
          context: { 'secretsmanager:SecretId': [SecretId] },
        },
      ]);
    }
    expect(of('GetSecretValue', { SecretId: arn, VersionStage: 'AWSCURRENT' })).toMatchObject([
      { context: { 'secretsmanager:VersionStage': ['AWSCURRENT'] } },
    ]);
  });

  it('uses the key of the secret', () => {
    const kms = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    const decrypts = {
      action: 'kms:Decrypt',
      resource: kms,
      context: {
        'kms:ViaService': ['secretsmanager.eu-west-1.amazonaws.com'],
        'kms:EncryptionContext:SecretARN': [arn],
      },
    };
    expect(of('GetSecretValue', { SecretId: arn }, kms)).toContainEqual(decrypts);
    expect(of('GetSecretValue', { SecretId: arn }, '1')).toContainEqual(decrypts);
    expect(of('GetSecretValue', { SecretId: arn }, 'alias/aws/secretsmanager')).toHaveLength(1);
    expect(of('DescribeSecret', { SecretId: arn }, kms)).toHaveLength(1);
  });

  it.each([
    ['ListSecrets', {}],
    ['GetSecretValue', { SecretId: 'other' }],
    ['GetSecretValue', {}],
  ])('%s %j is not understood', (operation, input) => {
    expect(of(operation, input)).toBeUndefined();
  });
});
