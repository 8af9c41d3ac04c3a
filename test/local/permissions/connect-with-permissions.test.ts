import { rm } from 'node:fs/promises';
import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../local/emulators/aws-endpoint.ts';
import {
  connectWithPermissions,
  type PermissionControl,
} from '../../../local/permissions/connect-with-permissions.ts';
import type { AccessDenial } from '../../../local/runner/access/access-request.ts';
import type { LocalStack } from '../../../local/runner/start-stack.ts';
import { changedFixture, type FixtureResources, startFixture } from '../runner/support/fixture.ts';

const written = { Action: 'dynamodb:PutItem', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
const read = { ...written, Action: 'dynamodb:GetItem', Sid: 'Read' };
const secret = { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: 'Secret' } };
const key = { Action: 'kms:Decrypt', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } };
const log = { Action: 'logs:*', Effect: 'Allow', Resource: 'arn:aws:logs:*:*:*' };
const all = [written, read, secret, key, log];

let directory = '';
let stack: LocalStack | undefined;
let denials: AccessDenial[] = [];
let lines: string[] = [];
let control: PermissionControl | undefined;

afterEach(async () => {
  await stack?.close();
  await rm(directory, { recursive: true, force: true });
  denials = [];
  lines = [];
});

function policy(Statement: readonly object[]) {
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: { Statement, Version: '2012-10-17' }, Roles: [{ Ref: 'Role' }] },
  };
}

async function start(
  statements: readonly object[],
  change: (resources: FixtureResources) => void = () => {},
) {
  directory = await changedFixture((resources) => {
    resources['Policy'] = policy(statements);
    change(resources);
  });
  stack = await startFixture({
    assemblyDirectory: directory,
    connect: connectWithPermissions((ready) => {
      control = ready;
    }),
    onLog: (_function, line) => lines.push(line),
    onEvent: (event) => {
      if (event.type === 'access-denied') denials.push(event);
    },
  });
  return stack;
}

const useStores = async (running: LocalStack) => running.invoke('Stores', { text: 'hello' });

describe('a function', () => {
  it('does what its role allows, with keys of its own', async () => {
    const running = await start(all);
    expect(await useStores(running)).toMatchObject({ ok: true, payload: { text: 'hello' } });
    const [own, other] = await Promise.all(
      ['Behaviours', 'Limited'].map(async (name) => running.invoke(name, { do: 'environment' })),
    );
    expect(own).toMatchObject({
      payload: { AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/), AWS_SESSION_TOKEN: expect.any(String) },
    });
    expect(own).not.toEqual(other);
    expect(denials).toEqual([]);
  });

  it.each([
    ['dynamodb:PutItem', [read, secret, key, log]],
    ['dynamodb:GetItem', [written, secret, key, log]],
    ['secretsmanager:GetSecretValue', [written, read, key, log]],
    ['kms:Decrypt', [written, read, secret, log]],
    ['dynamodb:GetItem', [...all, { ...read, Effect: 'Deny' }]],
  ])('is refused %s that its role does not allow, and it shows', async (action, statements) => {
    const running = await start(statements);
    expect(await useStores(running)).toMatchObject({
      ok: false,
      error: {
        errorType: 'AccessDeniedException',
        errorMessage: expect.stringContaining(`is not authorized to perform: ${action} on resource: arn:`),
      },
    });
    expect(denials).toMatchObject([{ action, function: { logicalId: 'Stores' } }]);
  });

  it('is refused what the policy of a resource denies', async () => {
    const running = await start(all, (resources) => {
      const Statement = { Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*' };
      const ResourcePolicy = { Statement };
      const Properties = { SecretId: { Ref: 'Secret' }, ResourcePolicy };
      resources['Closed'] = { Type: 'AWS::SecretsManager::ResourcePolicy', Properties };
    });
    expect(await useStores(running)).toMatchObject({ error: { errorType: 'AccessDeniedException' } });
    expect(denials).toMatchObject([{ why: 'Closed/1 denies it' }]);
  });

  it('reads many items at once only if it may read each of them', async () => {
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['OWN#*'] } };
    const many = { ...read, Action: 'dynamodb:BatchGetItem', Sid: 'Many', Condition: condition };
    const running = await start([many, read]);
    const [TableName = ''] = running.tableNames.values();
    const [roleArn = ''] = control?.permissions.policies.roles.keys() ?? [];
    const client = new DynamoDBClient(clientOptions(control?.dynamoDbAs(roleArn) ?? running.dynamoDb));
    const readAll = (...partitions: readonly string[]) => {
      const Keys = partitions.map((pk) => ({ pk: { S: pk }, sk: { S: 'b' } }));
      const RequestItems = { [TableName]: { Keys, ConsistentRead: true } };
      return client.send(new BatchGetItemCommand({ RequestItems }));
    };
    expect(await readAll('OWN#1', 'OWN#2')).toMatchObject({ Responses: { [TableName]: [] } });
    expect(denials).toEqual([]);
    for (const partitions of [['OTHER#1'], ['OWN#1', 'OTHER#1', 'OWN#2']]) {
      await expect(readAll(...partitions)).rejects.toThrow(
        'perform: dynamodb:BatchGetItem on resource: arn:',
      );
    }
    expect(denials).toHaveLength(2);
    client.destroy();
  });

  it('is refused with a key that nobody was given, in the form of the service', async () => {
    const running = await start(all);
    const environment = await running.invoke('Behaviours', { do: 'environment' });
    expect(environment).toMatchObject({ ok: true });
    const endpoint = environment.ok
      ? Reflect.get(Object(environment.payload), 'AWS_ENDPOINT_URL_DYNAMODB')
      : '';
    const answer = await fetch(String(endpoint), { method: 'POST', body: '{}' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    });
  });
});

describe('the platform', () => {
  const invoke = {
    Action: 'lambda:InvokeFunction',
    Effect: 'Allow',
    Resource: { 'Fn::GetAtt': ['ApiFunction', 'Arn'] },
  };
  const send = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Resource: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
  };
  const failing = { version: '2.0', rawPath: '/answers', body: '{"error":"failed"}' };
  const keepFailures = (resources: FixtureResources) => {
    const OnFailure = { Destination: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } };
    const Properties = { FunctionName: { Ref: 'ApiFunction' }, DestinationConfig: { OnFailure } };
    resources['Invocation'] = { Type: 'AWS::Lambda::EventInvokeConfig', Properties };
    const schedule = resources['EveryMinute']?.Properties;
    Object.assign(schedule?.['Target'] ?? {}, { Input: JSON.stringify(failing) });
  };
  const waiting = (running: LocalStack) =>
    running.queueMessages('DeadLetters').map(({ body }): unknown => JSON.parse(body));

  it('drops what a function logs if its role may not write there', async () => {
    const running = await start([]);
    await running.invoke('Behaviours', { do: 'log' });
    expect(lines).toEqual([]);
    expect(denials[0]).toMatchObject({
      action: 'logs:CreateLogStream',
      resource: expect.stringMatching(/:log-group:\/aws\/lambda\/.*Behaviours.*:log-stream:local$/),
    });
  });

  it('hands an event over with the role of the schedule', async () => {
    const running = await start([invoke, log]);
    expect(await running.fireSchedule('EveryMinute')).toMatchObject({ ok: true });
    expect(denials).toEqual([]);
    expect(waiting(running)).toEqual([]);
  });

  it('keeps an event that it may not hand over, if the role may', async () => {
    const running = await start([send, log]);
    const refused = { ok: false, error: { errorType: 'AccessDeniedException' } };
    expect(await running.fireSchedule('EveryMinute')).toMatchObject(refused);
    expect(waiting(running)).toMatchObject([{ echo: { attempt: 1 } }]);
    expect(denials).toMatchObject([{ action: 'lambda:InvokeFunction' }]);
  });

  it('loses it if the role may not send it either, and both show', async () => {
    const running = await start([log]);
    await running.fireSchedule('EveryMinute');
    expect(waiting(running)).toEqual([]);
    expect(denials).toMatchObject([{ action: 'lambda:InvokeFunction' }, { action: 'sqs:SendMessage' }]);
  });

  it('takes only a role that trusts the scheduler', async () => {
    const running = await start([invoke, send, log], ({ Role }) => {
      const Statement = {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      Object.assign(Role?.Properties ?? {}, { AssumeRolePolicyDocument: { Statement } });
    });
    expect(await running.fireSchedule('EveryMinute')).toMatchObject({ ok: false });
    expect(denials).toMatchObject([{ principal: 'scheduler.amazonaws.com', action: 'sts:AssumeRole' }]);
  });

  it.each([
    ['keeps an event whose function failed', [invoke, send, log], 1, []],
    [
      'loses it if the role of the function may not send it',
      [invoke, log],
      0,
      [{ action: 'sqs:SendMessage' }],
    ],
  ])('%s', async (_name, statements, count, expected) => {
    const running = await start(statements, keepFailures);
    expect(await running.fireSchedule('EveryMinute')).toMatchObject({ ok: false });
    const kept = { requestPayload: failing, responsePayload: { errorMessage: 'failed' } };
    expect(waiting(running)).toMatchObject(Array.from({ length: count }, () => kept));
    expect(denials).toMatchObject(expected);
  });

  it('lets the API invoke a function for the routes that its policy names', async () => {
    const running = await start([log], (resources) => {
      const account = { Ref: 'AWS::AccountId' };
      const api = ['arn:aws:execute-api', { Ref: 'AWS::Region' }, account, { Ref: 'Api' }];
      const Properties = {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['ApiFunction', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Join': ['', [{ 'Fn::Join': [':', api] }, '/*/*/answers']] },
      };
      resources['Permission'] = { Type: 'AWS::Lambda::Permission', Properties };
    });
    const post = async (path: string) =>
      (await fetch(`${running.apiUrl}${path}`, { method: 'POST', body: '{}' })).status;
    expect(await post('/answers')).toBe(200);
    expect(denials).toEqual([]);
    expect(await post('/slow')).toBe(500);
    expect(denials).toMatchObject([
      { principal: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction' },
    ]);
  });

  it('has no function whose role Lambda may not take', async () => {
    const trusting = start(all, ({ Role }) => {
      Object.assign(Role?.Properties ?? {}, { AssumeRolePolicyDocument: { Statement: [] } });
    });
    await expect(trusting).rejects.toThrow('Behaviours: Lambda may not take its role');
  });
});

describe('a template that is not understood is refused, with the place', () => {
  it.each([
    ['an element', [{ ...read, NotResource: '*' }], 'NotResource'],
    ['an operator', [{ ...read, Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }], 'DateLessThan'],
    ['a key', [{ ...read, Condition: { StringEquals: { 'aws:Weather': 'x' } } }], 'aws:Weather'],
    [
      'several values without a quantifier',
      [{ ...read, Condition: { StringLike: { 'dynamodb:LeadingKeys': 'x' } } }],
      'needs ForAllValues or ForAnyValue',
    ],
    ['a variable', [{ ...read, Resource: ['$', '{aws:PrincipalArn}'].join('') }], 'variables'],
    ['neither Action nor NotAction', [{ Effect: 'Allow', Resource: '*' }], 'either Action or NotAction'],
  ])('%s', async (_name, statements, said) => {
    await expect(start(statements)).rejects.toThrow(/^Policy \(AWS::IAM::Policy\), property PolicyDocument/);
    await rm(directory, { recursive: true });
    await expect(start(statements)).rejects.toThrow(said);
  });

  it('managed policies and boundaries', async () => {
    const managed = start(all, ({ Role }) =>
      Object.assign(Role ?? {}, { Properties: { ManagedPolicyArns: ['x'] } }),
    );
    await expect(managed).rejects.toThrow(
      'Role (AWS::IAM::Role), property ManagedPolicyArns: managed policies',
    );
  });
});
