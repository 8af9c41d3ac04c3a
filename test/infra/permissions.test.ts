import { describe, expect, it } from 'vitest';
import { conditionsOf, permissionsOf, rolesThatMay, statementsByRole } from './support/permissions.ts';
import { resourceOf, resources } from './support/resources.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const statements = [...statementsByRole(template).values()].flat();

/** Lines such as `GetItem ORDER#*`, for an action on items of the table. */
const onTable = (action: string, ...keys: readonly string[]): string =>
  `dynamodb:${action} on OrdersTable under ${keys.toSorted().join(', ')}`;
const get = (...keys: readonly string[]) => onTable('GetItem', ...keys);
const getMany = (...keys: readonly string[]) => onTable('BatchGetItem', ...keys);
const check = (...keys: readonly string[]) => onTable('ConditionCheckItem', ...keys);
const put = (...keys: readonly string[]) => `${onTable('PutItem', ...keys)} in transactions`;
const update = (...keys: readonly string[]) => `${onTable('UpdateItem', ...keys)} in transactions`;
const query = (...keys: readonly string[]) => onTable('Query', ...keys);
const queryIndex = (index: string, ...keys: readonly string[]): string =>
  `dynamodb:Query on OrdersTable/index/${index} under ${keys.toSorted().join(', ')}`;
const decrypt = 'kms:Decrypt on SigningKeyEncryption through secretsmanager.AWS::Region.amazonaws.com';
const readKey = ['secretsmanager:GetSecretValue on SigningKeySecret at AWSCURRENT', decrypt];

const readByCheck = [
  'ORDER#*',
  'SETTINGS',
  'BREAKER',
  'BUDGET#*',
  'FILLS#*',
  'AUDIT',
  'XTRANSFER#*',
  'WAITING#*',
];
const putByCheck = [
  'ORDER#*',
  'XORD#*',
  'TRANSFER#*',
  'XTRANSFER#*',
  'TOPUP#*',
  'RESERVATIONS#*',
  'DECISION#*',
  'BALANCES',
  'AUDIT',
  'ALARM#*',
  'BREAKER',
];
const checking = [
  getMany('ORDER#*', 'XORD#*', 'TRANSFER#*'),
  check('SETTINGS', 'BREAKER'),
  update('BUDGET#*', 'RATE#*', 'SLOT#*', 'FILLS#*', 'WAITING#*'),
  query('RESERVATIONS#*', 'TOPUP#*'),
  queryIndex('work', 'OPEN', 'OPEN-TRANSFER'),
  ...readKey,
];

/** What each function may do, besides writing its own log. */
const byFunction: Readonly<Record<string, readonly string[]>> = {
  PlaceOrder: [
    get('ORDER#*', 'SETTINGS', 'BREAKER'),
    check('SETTINGS', 'BREAKER'),
    put('ORDER#*', 'XORD#*'),
    update('BUDGET#*', 'RATE#*'),
    ...readKey,
  ],
  CancelOrder: [get('ORDER#*'), put('ORDER#*'), update('BUDGET#*', 'FILLS#*', 'SLOT#*'), ...readKey],
  ReadOrders: [get('ORDER#*'), query('ORDER#*'), queryIndex('created', 'ORDERS')],
  ReadBalances: [get('BALANCES')],
  CheckBalances: [
    ...checking,
    get(...readByCheck, 'CHECKS', 'DEPLOYMENT'),
    put(...putByCheck, 'CHECKS', 'DEPLOYMENT'),
    'sqs:SendMessage on BalanceChecksFailed',
  ],
  CheckNow: [...checking, get(...readByCheck), put(...putByCheck, 'WAKEUP')],
  Stop: [put('BREAKER')],
  MakeReservation: [
    get('RESERVATION#*', 'RESERVATIONS#*', 'SETTINGS'),
    put('RESERVATION#*', 'RESERVATIONS#*'),
  ],
  ReadReservations: [get('RESERVATION#*', 'RESERVATIONS#*'), queryIndex('created', 'RESERVATIONS')],
  CancelReservation: [get('RESERVATION#*', 'RESERVATIONS#*'), put('RESERVATIONS#*')],
  ReadDecisions: [query('DECISION#*')],
  ReadStatus: [
    get('SETTINGS', 'BREAKER', 'BUDGET#*', 'RATE#*', 'BALANCES'),
    getMany('ORDER#*'),
    query('DECISION#*'),
    queryIndex('work', 'OPEN'),
  ],
  AnswerUnknown: [],
  PromoteKey: [
    'secretsmanager:DescribeSecret on SigningKeySecret',
    'secretsmanager:UpdateSecretVersionStage on SigningKeySecret',
    'secretsmanager:GetSecretValue on SigningKeySecret at AWSCURRENT, AWSPREVIOUS, GRID_PENDING',
    decrypt,
  ],
};
const functionRoles = Object.keys(byFunction).map((name) => `${name}Role`);
const roles = [...functionRoles, 'BalanceChecksRole', 'AdministratorRole'];

describe('what each role may do, and nothing besides', () => {
  it.each(Object.entries(byFunction))('%s', (name, expected) => {
    const writeLog = [`logs:CreateLogStream on ${name}Logs`, `logs:PutLogEvents on ${name}Logs`];
    expect(permissionsOf(template, `${name}Role`)).toEqual([...writeLog, ...expected].toSorted());
  });

  it('the schedule', () => {
    expect(permissionsOf(template, 'BalanceChecksRole')).toEqual([
      'lambda:InvokeFunction on CheckBalancesFunction',
      'sqs:SendMessage on BalanceChecksUndelivered',
    ]);
  });

  it('people who administer the buying', () => {
    expect(permissionsOf(template, 'AdministratorRole')).toEqual(
      [
        get('SETTINGS', 'SETTINGS#HISTORY', 'DEPLOYMENT', 'BREAKER'),
        query('SETTINGS#HISTORY'),
        put('SETTINGS', 'SETTINGS#HISTORY'),
        onTable('DeleteItem', 'BREAKER'),
      ].toSorted(),
    );
  });

  it('are all the roles there are', () => {
    expect([...statementsByRole(template).keys()].toSorted()).toEqual(roles.toSorted());
    expect(resources(template, 'AWS::IAM::Role')).toHaveLength(roles.length);
  });

  it.each(['PlaceOrder', 'CancelOrder', 'CheckBalances', 'CheckNow'])(
    '%s also holds the terms of orders where the exchange does not show client order ids',
    (name) => {
      const other = synthesize({ exchange: { dialect: { showsClientOrderIds: false } } });
      const withTerms = (line: string) =>
        line.includes('UpdateItem')
          ? line.replace(/under (.*) in/, (_, keys: string) => `under ${sorted(`${keys}, TERMS#*`)} in`)
          : line;
      const sorted = (keys: string) => keys.split(', ').toSorted().join(', ');
      expect(permissionsOf(other, `${name}Role`)).toEqual(
        permissionsOf(template, `${name}Role`).map(withTerms),
      );
    },
  );
});

describe('what no role may do', () => {
  const actions = statements.flatMap(({ Action }) => Action);

  it('delete, but for the administrator, who closes the breaker', () => {
    expect(rolesThatMay(template, 'dynamodb:DeleteItem')).toEqual(['AdministratorRole']);
    expect(rolesThatMay(template, 'dynamodb:DeleteItem', 'BREAKER')).toEqual(['AdministratorRole']);
    for (const key of ['ORDER#1', 'SETTINGS', 'SETTINGS#HISTORY', 'BUDGET#2026-11', 'AUDIT']) {
      expect(rolesThatMay(template, 'dynamodb:DeleteItem', key)).toEqual([]);
    }
  });

  it.each([
    'dynamodb:Scan',
    'dynamodb:BatchWriteItem',
    'dynamodb:PartiQLInsert',
    'dynamodb:PartiQLUpdate',
    'dynamodb:PartiQLDelete',
    'dynamodb:PartiQLSelect',
  ])('%s', (action) => {
    expect(actions).not.toContain(action);
  });

  it('a family of actions by a wildcard', () => {
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('anything on resources by a wildcard', () => {
    expect(statements.filter(({ Resource }) => JSON.stringify(Resource).includes('*'))).toEqual([]);
  });

  it('what a statement without a condition on the partition key says of the table', () => {
    const onItems = statements.filter(({ Action }) => Action.some((one) => one.startsWith('dynamodb:')));
    expect(onItems.filter(({ Condition }) => conditionsOf(Condition).keys === undefined)).toEqual([]);
    expect(onItems.length).toBeGreaterThan(20);
  });

  it('what a managed policy says, or one written into the role', () => {
    const found = resources(template, 'AWS::IAM::Role').map(({ Properties }) => Properties);
    expect(found.filter((role) => 'ManagedPolicyArns' in role || 'Policies' in role)).toEqual([]);
    expect(resources(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });
});

describe('reading many items at once', () => {
  it.each([
    ['ORDER#1', ['CheckBalancesRole', 'CheckNowRole', 'ReadStatusRole']],
    ['XORD#1', ['CheckBalancesRole', 'CheckNowRole']],
    ['TRANSFER#1', ['CheckBalancesRole', 'CheckNowRole']],
  ])('of %s is allowed to those who go through all that are not finished', (key, expected) => {
    expect(rolesThatMay(template, 'dynamodb:BatchGetItem', key)).toEqual(expected);
  });

  it('is allowed of nothing else to anybody', () => {
    const read = statements.filter(({ Action }) => Action.includes('dynamodb:BatchGetItem'));
    const keys = read.flatMap(({ Condition }) => conditionsOf(Condition).keys);
    expect(new Set(keys)).toEqual(new Set(['ORDER#*', 'XORD#*', 'TRANSFER#*']));
  });
});

describe('writing', () => {
  const isWrite = (action: string) => /^dynamodb:(?:Put|Update)Item$/.test(action);

  it('is allowed inside transactions only, to people too', () => {
    const writes = statements.filter(({ Action }) => Action.some(isWrite));
    expect(writes.filter(({ Condition }) => !conditionsOf(Condition).isTransactional)).toEqual([]);
    expect(writes.length).toBeGreaterThan(10);
  });

  it.each(['SETTINGS', 'SETTINGS#HISTORY'])('%s is allowed to the administrator only', (key) => {
    expect(rolesThatMay(template, 'dynamodb:PutItem', key)).toEqual(['AdministratorRole']);
    expect(rolesThatMay(template, 'dynamodb:UpdateItem', key)).toEqual([]);
  });

  it('the breaker, which opens it, is allowed to those who find what is wrong, and to who is asked to', () => {
    expect(rolesThatMay(template, 'dynamodb:PutItem', 'BREAKER')).toEqual([
      'CheckBalancesRole',
      'CheckNowRole',
      'StopRole',
    ]);
    expect(rolesThatMay(template, 'dynamodb:UpdateItem', 'BREAKER')).toEqual([]);
  });

  it('orders is allowed to those who trade', () => {
    const trading = ['CancelOrderRole', 'CheckBalancesRole', 'CheckNowRole', 'PlaceOrderRole'];
    expect(rolesThatMay(template, 'dynamodb:PutItem', 'ORDER#1')).toEqual(trading);
    expect(rolesThatMay(template, 'dynamodb:UpdateItem', 'BUDGET#2026-11')).toEqual(trading);
  });
});

describe('the signing key', () => {
  it('is read by those who trade, and by the one that tests keys', () => {
    expect(rolesThatMay(template, 'secretsmanager:GetSecretValue')).toEqual([
      'CancelOrderRole',
      'CheckBalancesRole',
      'CheckNowRole',
      'PlaceOrderRole',
      'PromoteKeyRole',
    ]);
  });

  it('is changed by moving labels only: nobody stores a key, deletes one or changes who may read it', () => {
    const ofSecrets = statements.flatMap(({ Action }) => Action).filter((one) => one.startsWith('secretsm'));
    expect(new Set(ofSecrets)).toEqual(
      new Set([
        'secretsmanager:GetSecretValue',
        'secretsmanager:DescribeSecret',
        'secretsmanager:UpdateSecretVersionStage',
      ]),
    );
    expect(rolesThatMay(template, 'secretsmanager:UpdateSecretVersionStage')).toEqual(['PromoteKeyRole']);
  });
});

describe('who may take a role', () => {
  const trustOf = (role: string) =>
    resourceOf(template, 'AWS::IAM::Role', role).Properties['AssumeRolePolicyDocument'];
  const trusting = (statement: object) => ({
    Version: '2012-10-17',
    Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', ...statement }],
  });

  it.each(functionRoles)('%s: Lambda', (role) => {
    expect(trustOf(role)).toEqual(trusting({ Principal: { Service: 'lambda.amazonaws.com' } }));
  });

  it('that of the schedule: schedules of this account', () => {
    expect(trustOf('BalanceChecksRole')).toMatchObject(
      trusting({
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  it('that of the administrator: people of this account, with a second factor', () => {
    const root = ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']];
    expect(trustOf('AdministratorRole')).toEqual(
      trusting({
        Principal: { AWS: { 'Fn::Join': root } },
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    );
  });
});
