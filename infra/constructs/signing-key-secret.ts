import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { keyStages } from '../../shared/configuration/key-stages.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * The place for the private key that signs orders. The stack makes it empty: the key is put in by hand after the
 * first deployment and is in no template, no asset and no deployment log.
 *
 * `CfnSecret` and not CDK's `Secret`, because that one always has a value generated. It is kept in every stage
 * when the stack goes: a lost key means registering a new one with the exchange.
 */
export class SigningKeySecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', {
      description: 'Private key that signs requests to the exchange. Put in by hand.',
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The exchange registers a new key only through a signed-in person, so no rotation can run by itself.',
    });
    // What CloudFormation's `Ref` gives for a secret is its ARN.
    this.arn = secret.ref;
    new CfnResourcePolicy(this, 'OnlyEncryptedConnections', {
      secretId: this.arn,
      blockPublicPolicy: true,
      resourcePolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'DenyUnencryptedConnections',
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ['secretsmanager:*'],
            // Inside a secret's own policy `*` is that secret.
            resources: ['*'],
            conditions: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      }),
    });
  }

  /** Lets a function test the keys and move the labels between them; it makes none and deletes none. */
  allowRotating(rotator: ServiceFunction): void {
    rotator.allow(
      'MoveLabels',
      ['secretsmanager:DescribeSecret', 'secretsmanager:UpdateSecretVersionStage'],
      [this.arn],
    );
    rotator.allow('ReadLabelledKeys', ['secretsmanager:GetSecretValue'], [this.arn], {
      StringEquals: { 'secretsmanager:VersionStage': Object.values(keyStages) },
    });
  }

  /** Lets a function read the key, and with it trade on the account. */
  allowReading(reader: ServiceFunction): void {
    reader.allow('ReadSigningKey', ['secretsmanager:GetSecretValue'], [this.arn]);
  }
}
