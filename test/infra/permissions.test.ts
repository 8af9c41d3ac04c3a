import { describe, expect, it } from 'vitest';
import { permissionsOf, statementsByRole } from './support/permissions.ts';
import { resources } from './support/resources.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const statements = [...statementsByRole(template).values()].flat();
const enclosed = '"ForAnyValue:StringEquals":{"dynamodb:EnclosingOperation":["TransactWriteItems"]}';
const orderKeys = ['ORDER#*', 'XORD#*', 'BUDGET#*', 'RATE#*', 'SLOT#*', 'FILLS#*'];
const checkKeys = [
  'TOPUP#*',
  'ALARM#*',
  'BREAKER',
  'AUDIT',
  'CHECKS',
  'TRANSFER#*',
  'XTRANSFER#*',
  'WAITING#*',
];
const reservationKeys = ['RESERVATION#*', 'RESERVATIONS#*'];
const onlyBreaker = `{${enclosed},"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["BREAKER"]}}`;

const write = (...keys: readonly string[]): string[] => {
  const conditions = `{${enclosed},"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(keys)}}}`;
  return [
    'dynamodb:ConditionCheckItem on OrdersTable',
    'dynamodb:GetItem on OrdersTable',
    `dynamodb:PutItem on OrdersTable ${conditions}`,
    `dynamodb:UpdateItem on OrdersTable ${conditions}`,
  ];
};
const within = (...keys: readonly string[]): string =>
  `"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(keys)}}`;
const readReservations = `dynamodb:GetItem on OrdersTable {${within(...reservationKeys)}}`;
const writeReservations = `dynamodb:PutItem on OrdersTable {${enclosed},${within(...reservationKeys)}}`;
const readKey = 'secretsmanager:GetSecretValue on SigningKeySecret';
const check = [
  ...write(...orderKeys, ...checkKeys),
  'dynamodb:Query on OrdersTable/index/work',
  `dynamodb:Query on OrdersTable {${within('RESERVATIONS#*', 'TOPUP#*')}}`,
  writeReservations,
  `dynamodb:PutItem on OrdersTable {${enclosed},${within('DECISION#*')}}`,
  readKey,
];
const writeLog = (logGroup: string): string[] => [
  `logs:CreateLogStream on ${logGroup}`,
  `logs:PutLogEvents on ${logGroup}`,
];

describe('what each role may do, and nothing besides', () => {
  it.each([
    ['PlaceOrderRole', [...writeLog('PlaceOrderLogs'), ...write(...orderKeys), readKey]],
    ['CancelOrderRole', [...writeLog('CancelOrderLogs'), ...write(...orderKeys), readKey]],
    [
      'ReadOrdersRole',
      [
        ...writeLog('ReadOrdersLogs'),
        'dynamodb:GetItem on OrdersTable',
        'dynamodb:Query on OrdersTable',
        'dynamodb:Query on OrdersTable/index/created',
      ],
    ],
    ['StopRole', [...writeLog('StopLogs'), `dynamodb:PutItem on OrdersTable ${onlyBreaker}`]],
    ['ReadBalancesRole', [...writeLog('ReadBalancesLogs'), readKey]],
    [
      'CheckBalancesRole',
      [
        ...writeLog('CheckBalancesLogs'),
        ...check,
        'sqs:GetQueueAttributes on BalanceChecksFailed',
        'sqs:GetQueueUrl on BalanceChecksFailed',
        'sqs:SendMessage on BalanceChecksFailed',
      ],
    ],
    [
      'CheckNowRole',
      [
        ...writeLog('CheckNowLogs'),
        ...check,
        `dynamodb:PutItem on OrdersTable {${enclosed},${within('WAKEUP')}}`,
      ],
    ],
    ['MakeReservationRole', [...writeLog('MakeReservationLogs'), readReservations, writeReservations]],
    [
      'ReadReservationsRole',
      [
        ...writeLog('ReadReservationsLogs'),
        readReservations,
        `dynamodb:Query on OrdersTable/index/created {${within('RESERVATIONS')}}`,
      ],
    ],
    ['CancelReservationRole', [...writeLog('CancelReservationLogs'), readReservations, writeReservations]],
    [
      'ReadDecisionsRole',
      [...writeLog('ReadDecisionsLogs'), `dynamodb:Query on OrdersTable {${within('DECISION#*')}}`],
    ],
    [
      'PromoteKeyRole',
      [
        ...writeLog('PromoteKeyLogs'),
        'secretsmanager:DescribeSecret on SigningKeySecret',
        'secretsmanager:UpdateSecretVersionStage on SigningKeySecret',
        'secretsmanager:GetSecretValue on SigningKeySecret {"StringEquals":{"secretsmanager:VersionStage":["AWSCURRENT","GRID_PENDING","AWSPREVIOUS"]}}',
      ],
    ],
    [
      'BalanceChecksRole',
      ['lambda:InvokeFunction on CheckBalancesFunction', 'sqs:SendMessage on BalanceChecksUndelivered'],
    ],
  ])('%s', (role, expected) => {
    expect(permissionsOf(template, role)).toEqual(expected.toSorted());
  });

  it('knows all the roles there are', () => {
    expect([...statementsByRole(template).keys()]).toHaveLength(13);
    expect(resources(template, 'AWS::IAM::Role')).toHaveLength(13);
  });
});

describe('what no role may do', () => {
  const actions = statements.flatMap(({ Action }) => Action);

  it.each(['dynamodb:DeleteItem', 'dynamodb:Scan', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'])(
    '%s',
    (action) => {
      expect(actions).not.toContain(action);
    },
  );

  it('a family of actions by a wildcard', () => {
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('anything on resources by a wildcard', () => {
    expect(statements.filter(({ Resource }) => JSON.stringify(Resource).includes('*'))).toEqual([]);
  });

  it('what a managed policy says, or one written into the role', () => {
    const roles = resources(template, 'AWS::IAM::Role').map(({ Properties }) => Properties);
    expect(roles.filter((role) => 'ManagedPolicyArns' in role || 'Policies' in role)).toEqual([]);
    expect(resources(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });
});

describe('who may take a role', () => {
  it('is one AWS service, and for the schedule only in this account', () => {
    const principals = resources(template, 'AWS::IAM::Role').map(({ Properties }) => Properties);
    expect(principals).toHaveLength(13);
    expect(principals.map((role) => JSON.stringify(role)).filter((role) => role.includes('"AWS":'))).toEqual(
      [],
    );
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });
});
