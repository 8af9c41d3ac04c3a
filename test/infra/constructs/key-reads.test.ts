import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { permissionsOf, statementsByRole } from '../support/permissions.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize({ watchSigningKeyReads: true });
const rule = resourceOf(template, 'AWS::Events::Rule').Properties;
const patternSchema = v.object({
  source: v.tuple([v.literal('aws.secretsmanager')]),
  'detail-type': v.tuple([v.literal('AWS API Call via CloudTrail')]),
  detail: v.object({
    eventName: v.array(v.string()),
    $or: v.unknown(),
    userIdentity: v.object({ sessionContext: v.object({ sessionIssuer: v.object({ arn: v.unknown() }) }) }),
  }),
});
const { detail } = v.parse(patternSchema, rule['EventPattern']);

describe('reads of the signing key by others', () => {
  it('are told only where the stage asks for it, because they need a trail', () => {
    expect(resources(synthesize(), 'AWS::Events::Rule')).toEqual([]);
  });

  it('are events that only read, which a rule gets in no other state', () => {
    expect(rule['State']).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
    expect(detail.eventName).toEqual(['GetSecretValue', 'BatchGetSecretValue']);
  });

  it('are those of this secret, by its ARN and by its name, which a refusal has in its message only', () => {
    const secret = { Ref: resourceOf(template, 'AWS::SecretsManager::Secret').logicalId };
    const part = (index: number) => ({
      'Fn::Select': [index, { 'Fn::Split': ['-', { 'Fn::Select': [6, { 'Fn::Split': [':', secret] }] }] }],
    });
    const name = { 'Fn::Join': ['-', [part(0), part(1)]] };
    const names = [secret, name];
    expect(detail.$or).toEqual([
      { requestParameters: { secretId: names } },
      { requestParameters: { secretIdList: names } },
      { errorMessage: [{ wildcard: { 'Fn::Join': ['', ['*', name, '*']] } }] },
    ]);
    // The name is made by CloudFormation, of the logical id and one random part: two parts around one hyphen.
    expect(resourceOf(template, 'AWS::SecretsManager::Secret').Properties).not.toHaveProperty('Name');
  });

  it('are those of nobody who is allowed to read it, and of everybody else, users without a role included', () => {
    const readers = [...statementsByRole(template)]
      .filter(([, statements]) =>
        statements.some(({ Action }) => Action.includes('secretsmanager:GetSecretValue')),
      )
      .map(([role]) => role);
    const { arn } = detail.userIdentity.sessionContext.sessionIssuer;
    const schema = v.tuple([
      v.object({
        'anything-but': v.array(v.object({ 'Fn::GetAtt': v.tuple([v.string(), v.literal('Arn')]) })),
      }),
      v.object({ exists: v.literal(false) }),
    ]);
    const [others] = v.parse(schema, arn);
    const excluded = others['anything-but'].map((one) => one['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''));
    expect(excluded.toSorted()).toEqual(readers.toSorted());
    expect(readers.length).toBeGreaterThan(3);
  });

  it('are also those of people who may read it: they need not, so somebody should know', () => {
    const keyAdministrators = ['arn:aws:iam::111122223333:role/KeyKeeper'];
    const other = synthesize({ watchSigningKeyReads: true, keyAdministrators });
    expect(resourceOf(other, 'AWS::Events::Rule').Properties['EventPattern']).toEqual(rule['EventPattern']);
  });

  it('page, with who it was, what it means and where to read on, through a role that can do nothing else', () => {
    const pages = resourceOf(template, 'AWS::SNS::Topic', 'MonitoringTopicsPages').logicalId;
    expect(rule['Targets']).toMatchObject([
      { Arn: { Ref: pages }, InputTransformer: { InputTemplate: expect.any(String) } },
    ]);
    const text = JSON.stringify(rule['Targets']);
    expect(text).toMatch(/PAGE: The signing key was read.* by <[^>]*arn> from <[^>]*>/);
    expect(text).toContain('Runbook: docs/operations.md#signing-key-read');
    expect(permissionsOf(template, 'MonitoringKeyReadsRole')).toEqual([
      'kms:Decrypt on MonitoringTopicsKey',
      'kms:GenerateDataKey on MonitoringTopicsKey',
      'sns:Publish on MonitoringTopicsPages',
    ]);
  });
});
