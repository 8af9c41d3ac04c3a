import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * A key of its own for a secret. That of AWS for Secrets Manager can be used by everybody in the account; of this one the
 * uses are granted, and show as such in CloudTrail. It is kept when the stack goes, like the secret, which would be lost
 * without it.
 *
 * The account's policies decide who administers it and who may use it, and use means through Secrets Manager only: who
 * writes a secret encrypts with it, and whether a value can be read is up to the secret's own policy.
 */
export function secretEncryptionKey(scope: Construct, id: string): Key {
  return new Key(scope, id, {
    description: `Encrypts the signing key of ${Stack.of(scope).stackName}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new PolicyDocument({ statements: [administer(), useThroughSecretsManager(scope)] }),
  });
}

/** Everything but using it. The right to change this policy is among it, so that nobody can be locked out. */
function administer(): PolicyStatement {
  return new PolicyStatement({
    sid: 'Administer',
    principals: [new AccountRootPrincipal()],
    actions: [
      'kms:CancelKeyDeletion',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:DescribeKey',
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListKeyPolicies',
      'kms:ListKeyRotations',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:RevokeGrant',
      'kms:RotateKeyOnDemand',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateAlias',
      'kms:UpdateKeyDescription',
    ],
    // In a key's own policy `*` is that key.
    resources: ['*'],
  });
}

function useThroughSecretsManager(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'UseThroughSecretsManager',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.amazonaws.com` },
    },
  });
}
