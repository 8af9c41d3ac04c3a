import { describe, expect, it } from 'vitest';
import { resourceOf } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize();
const secret = resourceOf(template, 'AWS::SecretsManager::Secret');

describe('the signing key', () => {
  it('has no value in the template, and none made up by CloudFormation', () => {
    expect(Object.keys(secret.Properties)).toEqual(['Description']);
  });

  it.each([true, false])('outlives the stack (protection %s)', (removalProtection) => {
    expect(resourceOf(synthesize({ removalProtection }), 'AWS::SecretsManager::Secret')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is given to nobody over a connection that is not encrypted', () => {
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
        ],
      },
    });
  });
});
