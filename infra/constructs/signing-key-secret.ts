import { Lazy, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type Conditions, type IRole, PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type KeyStage, keyStages } from '../../shared/configuration/key-stages.ts';
import { denyEverybody } from './deny-everybody.ts';
import { secretEncryptionKey } from './secret-encryption-key.ts';

/** Who reads the key, and what it is given rights with. */
export interface SigningKeyReader {
  readonly role: IRole;
  allow(sid: string, actions: string[], resources: string[], conditions?: Conditions): void;
}

export interface SigningKeySecretProps {
  /** ARNs of roles of people who may read the key. */
  readonly administrators: readonly string[];
}

/**
 * The place for the private key that signs orders. The stack makes it empty: the key is put in by hand after the
 * first deployment and is in no template, no asset and no deployment log.
 *
 * Its policy denies its value to everybody but those that are named here, whatever rights they have otherwise. Putting a
 * key in is not denied: whoever may write secrets in the account can do that without being able to read it back. Nobody is
 * locked out: who administers the account can change the policy, which shows in its trail.
 *
 * `CfnSecret` and not CDK's `Secret`, because that one always has a value generated. It is kept in every stage
 * when the stack goes: a lost key means registering a new one with the exchange.
 */
export class SigningKeySecret extends Construct {
  readonly arn: string;
  /** ARNs of the roles that read the value in the course of their work, in the order in which they were allowed to. */
  readonly readers: string[] = [];
  readonly #encryption: Key;
  /** ARNs of the roles of people who may read it, and need not. */
  readonly #administrators: readonly string[];

  constructor(scope: Construct, id: string, props: SigningKeySecretProps) {
    super(scope, id);
    this.#administrators = props.administrators;
    this.#encryption = secretEncryptionKey(this, 'Encryption');
    const secret = new CfnSecret(this, 'Secret', {
      description: `Private key with which ${Stack.of(this).stackName} signs requests to the exchange. Put in by hand.`,
      kmsKeyId: this.#encryption.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The exchange registers a new key only through a signed-in person, so no rotation can run by itself. People change it with the key tool and the function promote-key, and an alarm tells when it has been in use for 100 days.',
    });
    // What CloudFormation's `Ref` gives for a secret is its ARN.
    this.arn = secret.ref;
    new CfnResourcePolicy(this, 'Guard', {
      secretId: this.arn,
      blockPublicPolicy: true,
      resourcePolicy: new PolicyDocument({ statements: this.guard() }),
    });
  }

  /**
   * Lets somebody sign, and with it trade on the account: with the key in force, not with one that is being prepared or
   * was replaced.
   */
  allowSigning(signer: SigningKeyReader): void {
    this.allowReading(signer, [keyStages.current]);
  }

  /** Lets somebody test the keys and move the labels between them; it makes none and deletes none. */
  allowRotating(rotator: SigningKeyReader): void {
    this.allowReading(rotator, Object.values(keyStages));
    rotator.allow(
      'MoveLabels',
      ['secretsmanager:DescribeSecret', 'secretsmanager:UpdateSecretVersionStage'],
      [this.arn],
    );
  }

  private allowReading(reader: SigningKeyReader, stages: readonly KeyStage[]): void {
    this.readers.push(reader.role.roleArn);
    reader.allow('ReadSigningKey', ['secretsmanager:GetSecretValue'], [this.arn], {
      StringEquals: { 'secretsmanager:VersionStage': stages },
    });
    reader.allow('DecryptSigningKey', ['kms:Decrypt'], [this.#encryption.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
    });
  }

  private guard(): PolicyStatement[] {
    return [
      denyEverybody('DenyUnencryptedConnections', ['secretsmanager:*'], {
        Bool: { 'aws:SecureTransport': 'false' },
      }),
      denyEverybody(
        'DenyReadingToOthers',
        ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
        {
          ArnNotEquals: {
            'aws:PrincipalArn': Lazy.list({ produce: () => [...this.#administrators, ...this.readers] }),
          },
        },
      ),
      // A replica in another region would hold the value without this policy.
      denyEverybody('DenyReplicas', ['secretsmanager:ReplicateSecretToRegions']),
    ];
  }
}
