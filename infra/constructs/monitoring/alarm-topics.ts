import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** What an alarm asks for: somebody now, at any hour, or somebody on the next working day. */
export type Severity = 'page' | 'ticket';

export interface AlarmTopicsProps {
  /** Name of the stage, which the messages are to show. */
  readonly stageName: string;
  /**
   * Address that gets all messages, once its owner has confirmed.
   *
   * @default - nobody is subscribed; whoever carries the pager subscribes to the topics
   */
  readonly email: string | undefined;
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
      if (props.email !== undefined) subscribe(topic, props.email);
      return topic;
    };
    this.topics = { page: topicOf('Pages', 'page'), ticket: topicOf('Tickets', 'ticket') };
  }

  /** The topic of a severity. */
  of(severity: Severity): Topic {
    return this.topics[severity];
  }
}

function subscribe(topic: Topic, email: string): void {
  const subscription = topic.addSubscription(new EmailSubscription(email));
  Validations.of(subscription).acknowledge({
    id: 'Serverless-SNSRedrivePolicy',
    reason:
      'SNS itself repeats an e-mail that the receiving server does not take, and the alarm stays visible in CloudWatch until its cause is gone. Nobody would look into a queue of old e-mails.',
  });
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
