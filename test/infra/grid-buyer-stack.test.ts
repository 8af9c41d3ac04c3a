import { describe, expect, it } from 'vitest';
import { exampleSettings } from './support/example-settings.ts';
import { resourceOf, resources } from './support/resources.ts';
import { synthesize, synthesizeStages } from './support/synthesize.ts';

/** Types of which a stage has its own even after the stack is deleted, where it is protected. */
const kept = ['AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup'];

describe('a protected stage', () => {
  const template = synthesize();

  it.each(kept)('keeps %s', (type) => {
    const found = resources(template, type);
    expect(found.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(found.map(() => 'Retain'));
    expect(found.map(({ UpdateReplacePolicy }) => UpdateReplacePolicy)).toEqual(found.map(() => 'Retain'));
  });

  it('refuses to delete its table', () => {
    expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable').Properties['Replicas']).toMatchObject([
      { DeletionProtectionEnabled: true },
    ]);
  });
});

describe('a stage without protection', () => {
  const template = synthesize({ removalProtection: false });

  it.each(kept)('removes %s', (type) => {
    const found = resources(template, type);
    expect(found.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(found.map(() => 'Delete'));
  });

  it('lets its table be deleted', () => {
    expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable').Properties['Replicas']).toMatchObject([
      { DeletionProtectionEnabled: false },
    ]);
  });
});

describe('several stages', () => {
  const [trial, production] = synthesizeStages({
    trial: { ...exampleSettings, removalProtection: false },
    production: { ...exampleSettings, account: '111122223333', region: 'eu-west-1' },
  });

  it('are stacks of their own, protected as each says', () => {
    expect(trial?.stack).toMatchObject({ stackName: 'grid-buyer-trial', terminationProtection: false });
    expect(production?.stack).toMatchObject({
      stackName: 'grid-buyer-production',
      terminationProtection: true,
    });
  });

  it('go to the account and region they name, or to wherever they are deployed', () => {
    expect(production?.stack).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
    expect(trial?.stack.environment).toBe('aws://unknown-account/unknown-region');
  });
});

describe('outputs', () => {
  it('are what a person needs after a deployment', () => {
    expect(Object.keys(synthesize().findOutputs('*')).toSorted()).toEqual([
      'AdministratorRoleArn',
      'ApiExecuteArn',
      'ApiUrl',
      'CheckBalancesFunctionName',
      'ChecksNotDeliveredQueueUrl',
      'ChecksNotRunQueueUrl',
      'DashboardUrl',
      'PageTopicArn',
      'PromoteKeyFunctionName',
      'SigningKeySecretArn',
      'TableName',
      'TicketTopicArn',
    ]);
  });
});
