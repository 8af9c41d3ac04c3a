import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Severity } from './alarm-catalogue.ts';

/** E-mail addresses by what they want to hear of; a severity without any has none. */
export type AlarmAddresses = Readonly<Partial<Record<Severity, readonly string[]>>>;

export interface AlarmTopicsProps {
  /** Name of the stage, which the messages are to show. */
  readonly stageName: string;
  /** Who gets the messages, once each owner has confirmed; whoever carries a pager subscribes to the topics. */
  readonly addresses: AlarmAddresses;
}

const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');

/**
 * A topic for each severity, encrypted and closed to connections without TLS.
 *
 * CloudWatch needs two rights that nothing grants by itself, and without either it drops every message silently: on the
 * topics, because a policy of our own replaces the one that lets the account publish, and on the key, because that of
 * AWS for SNS lets no other service encrypt.
 */
export class AlarmTopics extends Construct {
  readonly #topics: Readonly<Record<Severity, Topic>>;
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    this.#key = alarmKey(this);
    const topicOf = (topicId: string, severity: Severity): Topic => {
      const topic = new Topic(this, topicId, {
        displayName: `grid-buyer ${props.stageName}: ${severity}`,
        masterKey: this.#key,
        enforceSSL: true,
      });
      topic.addToResourcePolicy(publishFromAlarms(topic));
      for (const address of props.addresses[severity] ?? []) subscribe(topic, address);
      return topic;
    };
    this.#topics = { page: topicOf('Pages', 'page'), ticket: topicOf('Tickets', 'ticket') };
  }

  /** The topic of a severity. */
  of(severity: Severity): Topic {
    return this.#topics[severity];
  }

  /** Lets a role send messages to the topic of a severity, and encrypt them; CDK's grant names actions by a wildcard. */
  allowPublishing(role: Role, severity: Severity): void {
    const allow = (sid: string, actions: string[], resource: string): void => {
      role.addToPolicy(new PolicyStatement({ sid, actions, resources: [resource] }));
    };
    allow('Publish', ['sns:Publish'], this.of(severity).topicArn);
    allow('Encrypt', ['kms:Decrypt', 'kms:GenerateDataKey'], this.#key.keyArn);
  }
}

function subscribe(topic: Topic, address: string): void {
  const subscription = topic.addSubscription(new EmailSubscription(address));
  Validations.of(subscription).acknowledge({
    id: 'Serverless-SNSRedrivePolicy',
    reason:
      'SNS itself repeats an e-mail that the receiving server does not take, and the alarm stays visible in CloudWatch until its cause is gone. Nobody would look into a queue of old e-mails.',
  });
}

function alarmKey(scope: Construct): Key {
  const key = new Key(scope, 'Key', {
    description: `Encrypts the messages of alarms of ${Stack.of(scope).stackName}`,
    enableKeyRotation: true,
    // It protects messages on their way and nothing that is kept.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'EncryptAlarms',
      principals: [cloudWatch],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // In a key's own policy `*` is that key.
      resources: ['*'],
    }),
  );
  return key;
}

/** Only for alarms of this account: CloudWatch serves others too. */
function publishFromAlarms(topic: Topic): PolicyStatement {
  const stack = Stack.of(topic);
  return new PolicyStatement({
    sid: 'PublishAlarms',
    principals: [cloudWatch],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
    },
  });
}
