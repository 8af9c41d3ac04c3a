import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { rolesThatMay, statementsByRole } from '../support/permissions.ts';
import { resourceOf } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize();
/** The functions that trade, and the one that tests keys. */
const readers = ['CheckBalances', 'PlaceOrder', 'CancelOrder', 'CheckNow', 'PromoteKey'];
const roleArn = (id: string) => ({
  'Fn::GetAtt': [resourceOf(template, 'AWS::IAM::Role', `${id}Role`).logicalId, 'Arn'],
});
const secret = resourceOf(template, 'AWS::SecretsManager::Secret');

describe('the signing key', () => {
  it('has no value in the template, and none made up by CloudFormation', () => {
    expect(Object.keys(secret.Properties).toSorted()).toEqual(['Description', 'KmsKeyId']);
  });

  it.each([true, false])('outlives the stack (protection %s)', (removalProtection) => {
    expect(resourceOf(synthesize({ removalProtection }), 'AWS::SecretsManager::Secret')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is guarded by a policy of its own', () => {
    expect(resourceOf(template, 'AWS::SecretsManager::ResourcePolicy').Properties).toEqual({
      SecretId: { Ref: secret.logicalId },
      BlockPublicPolicy: true,
      ResourcePolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DenyUnencryptedConnections',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'secretsmanager:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Sid: 'DenyReadingToOthers',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
            Resource: '*',
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': readers.map(roleArn) } },
          },
          {
            Sid: 'DenyReplicas',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'secretsmanager:ReplicateSecretToRegions',
            Resource: '*',
          },
        ],
      },
    });
  });

  it('is read by people only if the stage names their roles', () => {
    const people = 'arn:aws:iam::111122223333:role/security/KeyKeeper';
    const { Properties } = resourceOf(
      synthesize({ keyAdministrators: [people] }),
      'AWS::SecretsManager::ResourcePolicy',
    );
    expect(Properties).toMatchObject({
      ResourcePolicy: {
        Statement: [
          {},
          { Condition: { ArnNotEquals: { 'aws:PrincipalArn': [people, ...readers.map(() => ({}))] } } },
          {},
        ],
      },
    });
  });
});

describe('the key that encrypts it', () => {
  const key = resourceOf(template, 'AWS::KMS::Key', 'SigningKeyEncryption');
  const viaSecretsManager = {
    StringEquals: {
      'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
    },
  };

  it('is its own, is renewed every year, and outlives the stack', () => {
    expect(secret.Properties['KmsKeyId']).toEqual({ 'Fn::GetAtt': [key.logicalId, 'Arn'] });
    expect(key.Properties['EnableKeyRotation']).toBe(true);
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('is used through Secrets Manager only', () => {
    const { Statement } = v.parse(
      v.object({ KeyPolicy: v.object({ Statement: v.tuple([v.any(), v.any()]) }) }),
      key.Properties,
    ).KeyPolicy;
    const [administering, using] = Statement;
    expect(JSON.stringify(administering)).not.toMatch(/crypt|DataKey|CreateGrant|\*"\]/);
    expect(administering).toMatchObject({ Sid: 'Administer', Effect: 'Allow' });
    expect(JSON.stringify(administering)).toContain('kms:PutKeyPolicy');
    expect(using).toMatchObject({
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Condition: viaSecretsManager,
    });
  });

  it('is granted to those who read the signing key, and to no other role', () => {
    const users = readers.map((reader) => `${reader}Role`);
    expect([...rolesThatMay(template, 'kms:Decrypt')]).toEqual(users.toSorted());
    for (const user of users) {
      const decrypting = statementsByRole(template)
        .get(user)
        ?.filter(({ Action }) => Action.includes('kms:Decrypt'));
      expect(decrypting).toMatchObject([{ Condition: viaSecretsManager }]);
    }
  });
});
