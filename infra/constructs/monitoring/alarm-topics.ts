import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
  private readonly topics: Readonly<Record<Severity, Topic>>;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    const key = alarmKey(this);
    const topicOf = (topicId: string, severity: Severity): Topic => {
      const topic = new Topic(this, topicId, {
        displayName: `grid-buyer ${props.stageName}: ${severity}`,
        masterKey: key,
        enforceSSL: true,
      });
      topic.addToResourcePolicy(publishFromAlarms(topic));
      for (const address of props.addresses[severity] ?? []) {
        topic.addSubscription(new EmailSubscription(address));
      }
      return topic;
    };
    this.topics = { page: topicOf('Pages', 'page'), ticket: topicOf('Tickets', 'ticket') };
  }

  /** The topic of a severity. */
  of(severity: Severity): Topic {
    return this.topics[severity];
  }
}

function alarmKey(scope: Construct): Key {
  const key = new Key(scope, 'Key', {
    description: 'Encrypts the messages of alarms',
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
