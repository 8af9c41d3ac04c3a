import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { connectWithPermissions } from '../../../local/permissions/connect-with-permissions.ts';
import type { AccessDenial } from '../../../local/runner/access/access-request.ts';
import type { LocalStack } from '../../../local/runner/start-stack.ts';
import { changedFixture, type FixtureResources, startFixture } from '../runner/support/fixture.ts';

const written = { Action: 'dynamodb:PutItem', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
const read = { ...written, Action: 'dynamodb:GetItem', Sid: 'Read' };
const secret = { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: 'Secret' } };
const key = { Action: 'kms:Decrypt', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } };
const all = [written, read, secret, key];

let directory = '';
let stack: LocalStack | undefined;
let denials: AccessDenial[] = [];

afterEach(async () => {
  await stack?.close();
  await rm(directory, { recursive: true, force: true });
  denials = [];
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
    connect: connectWithPermissions(),
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
    ['dynamodb:PutItem', [read, secret, key]],
    ['dynamodb:GetItem', [written, secret, key]],
    ['secretsmanager:GetSecretValue', [written, read, key]],
    ['kms:Decrypt', [written, read, secret]],
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
