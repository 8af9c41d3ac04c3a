import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReferences } from '../../../local/runner/template/references.ts';
import { resolveValue } from '../../../local/runner/template/resolve.ts';
import { Unresolvable } from '../../../local/runner/template/unresolvable.ts';
import { changedFixture, type FixtureResources, startFixture } from './support/fixture.ts';

const references = createReferences(
  {
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
    },
    Outputs: {},
    Parameters: { Stage: { Type: 'String', Default: 'beta' }, Email: { Type: 'String' } },
  },
  { stackName: 'shop', accountId: '111122223333', region: 'eu-central-1' },
  { parameters: {}, secretArns: new Map() },
);

/** A placeholder of `Fn::Sub`. */
const sub = (name: string): string => `\${${name}}`;

const tableArn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';

describe('a value of a template', () => {
  it.each<[unknown, unknown]>([
    [{ Ref: 'Table' }, 'orders'],
    [{ Ref: 'Stage' }, 'beta'],
    [{ Ref: 'AWS::Region' }, 'eu-central-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, tableArn],
    [{ 'Fn::GetAtt': 'Table.Arn' }, tableArn],
    [
      { 'Fn::Join': ['/', ['a', { Ref: 'AWS::AccountId' }, { 'Fn::Select': [0, ['b', 'c']] }]] },
      'a/111122223333/b',
    ],
    [
      { 'Fn::Sub': `${sub('AWS::Partition')}:${sub('Table')}:${sub('Table.Arn')}:${sub('!Kept')}` },
      `aws:orders:${tableArn}:${sub('Kept')}`,
    ],
    [{ 'Fn::Sub': [`${sub('own')}-${sub('Stage')}`, { own: { Ref: 'Table' } }] }, 'orders-beta'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] }, 'orders'],
    [
      { deep: [{ Ref: 'Table', more: 1 }, { Ref: 'AWS::URLSuffix' }] },
      { deep: [{ Ref: 'Table', more: 1 }, 'amazonaws.com'] },
    ],
  ])('%j resolves', (value, expected) => {
    expect(resolveValue(value, references)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nothing' }, 'Ref Nothing is not known here'],
    [{ Ref: 'Email' }, 'parameter Email has no value here'],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'Table.StreamArn (AWS::DynamoDB::Table) is not known here'],
    [{ 'Fn::Join': ['', ['a', { 'Fn::ImportValue': 'x' }]] }, 'Fn::ImportValue is not supported'],
    [
      { 'Fn::Sub': `a ${sub('Table.StreamArn')}` },
      'Table.StreamArn (AWS::DynamoDB::Table) is not known here',
    ],
  ])('%j stays unknown, and says why', (value, reason) => {
    expect(resolveValue(value, references)).toEqual(new Unresolvable(reason));
  });
});

function set(resources: FixtureResources, logicalId: string, properties: object): void {
  Object.assign(resources[logicalId]?.Properties ?? {}, properties);
}

describe('a template that cannot be run', () => {
  it.each<[string, (resources: FixtureResources) => void, string]>([
    [
      'an environment variable that is not known',
      (resources) =>
        set(resources, 'Stores', {
          Environment: { Variables: { KEY: { 'Fn::GetAtt': ['Table', 'StreamArn'] } } },
        }),
      'Stores (AWS::Lambda::Function), property Environment.Variables.KEY: Table.StreamArn (AWS::DynamoDB::GlobalTable) is not known here',
    ],
    [
      'a runtime that is not Node.js',
      (resources) => set(resources, 'Stores', { Runtime: 'python3.13' }),
      'Stores (AWS::Lambda::Function), property Runtime: only Node.js runtimes are supported',
    ],
    [
      'code that no manifest knows',
      (resources) => set(resources, 'Stores', { Code: { S3Key: 'lost.zip' } }),
      'Stores: the asset manifests do not know its code (lost.zip)',
    ],
    [
      'an authorizer that is not emulated',
      (resources) => set(resources, 'OrdersRoute', { AuthorizationType: 'JWT' }),
      'OrdersRoute (AWS::ApiGatewayV2::Route), property AuthorizationType: only AWS_IAM and NONE are supported',
    ],
    [
      'a schedule that is not understood',
      (resources) => set(resources, 'EveryMinute', { ScheduleExpression: 'rate(1 blink)' }),
      'EveryMinute: ScheduleExpression rate(1 blink)',
    ],
    [
      'a trigger that nothing would fire',
      (resources) => {
        resources['Nightly'] = { Type: 'AWS::Events::Rule', Properties: {} };
      },
      'Nightly: AWS::Events::Rule is not emulated',
    ],
    [
      'a secret that excludes every character',
      (resources) =>
        set(resources, 'Secret', {
          GenerateSecretString: {
            ExcludeLowercase: true,
            ExcludeUppercase: true,
            ExcludeNumbers: true,
            ExcludePunctuation: true,
          },
        }),
      'Secret: GenerateSecretString excludes every character',
    ],
  ])('names the place: %s', async (_what, change, message) => {
    const assemblyDirectory = await changedFixture(change);
    await expect(startFixture({ assemblyDirectory })).rejects.toThrow(message);
    await rm(assemblyDirectory, { recursive: true });
  });

  it('names a folder of code that is missing', async () => {
    const assemblyDirectory = await changedFixture(() => {});
    const asset = join(assemblyDirectory, 'asset.stores');
    await rename(asset, `${asset}.away`);
    await expect(startFixture({ assemblyDirectory })).rejects.toThrow(
      `Stores: the folder of its code is missing: ${asset}`,
    );
    await rm(assemblyDirectory, { recursive: true });
  });

  it('is missing, or not the one that is asked for', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'grid-buyer-test-'));
    await expect(startFixture({ assemblyDirectory: empty })).rejects.toThrow('Synthesize first');
    await expect(startFixture({ stackName: 'other' })).rejects.toThrow(
      'There is no stack other; there are: fixture.',
    );
    await rm(empty, { recursive: true });
  });
});
