import { Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { alarmCatalogue, alarmText } from './alarm-catalogue.ts';
import type { AlarmTopics } from './alarm-topics.ts';

/** The signing key as it is watched. */
export interface WatchedKey {
  readonly arn: string;
  /** ARNs of the roles that read it as they should. */
  readonly readers: readonly string[];
}

export interface KeyReadsProps extends WatchedKey {
  readonly topics: AlarmTopics;
  /** Where the runbook is; the name of an alarm's section is added to it. */
  readonly runbookUrl: string;
}

const name = 'signing-key-read';

/**
 * Tells when somebody else than the functions has read the signing key, or has tried to: whoever has it can trade. Not an
 * alarm of CloudWatch, because the message can then say who it was.
 *
 * It sees what a trail of the account records. `GetSecretValue` is an event that only reads, which a rule gets in a state
 * of its own only.
 */
export class KeyReads extends Construct {
  constructor(scope: Construct, id: string, { arn, readers, topics, runbookUrl }: KeyReadsProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      description: 'Tells when somebody else than the functions reads the signing key',
      eventPattern: {
        source: ['aws.secretsmanager'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventName: ['GetSecretValue', 'BatchGetSecretValue'],
          $or: waysToName(arn),
          userIdentity: { sessionContext: { sessionIssuer: { arn: anyoneBut(readers) } } },
        },
      },
    });
    if (rule.node.defaultChild instanceof CfnRule) {
      rule.node.defaultChild.state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    }
    const severity = alarmCatalogue[name];
    const happened = `The signing key was read, or somebody tried to, by ${field('userIdentity.arn')} from ${field('sourceIPAddress')} at ${field('eventTime')} (error, if any: ${field('errorCode')}).`;
    const breaks = 'Whoever has the key can buy and sell on the account.';
    const message = RuleTargetInput.fromText(alarmText(runbookUrl, { name, happened, breaks }));
    const role = this.sender();
    topics.allowPublishing(role, severity);
    rule.addTarget(new SnsTopic(topics.of(severity), { message, role: role.withoutPolicyUpdates() }));
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'EventBridge repeats for a day what the topic does not take, and the trail keeps the read. Whoever looked after a queue would have to be told through the same topic.',
    });
  }

  /**
   * A role, because EventBridge offers no condition that would keep the rules of other accounts from a right of its own to
   * use the key of the topic.
   */
  private sender(): Role {
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
  }
}

function field(path: string): string {
  return EventField.fromPath(`$.detail.${path}`);
}

/**
 * A secret can be asked for by its ARN, by its name, or in a list of either. Where that is refused the event need not
 * repeat what was asked; its message then names the secret. The name is the last part of the ARN without the hyphen and
 * six characters at its end; CloudFormation makes it of two parts.
 */
function waysToName(arn: string): readonly object[] {
  const parts = Fn.split('-', Fn.select(6, Fn.split(':', arn)), 3);
  const secretName = Fn.join('-', parts.slice(0, 2));
  const names = [arn, secretName];
  return [
    { requestParameters: { secretId: names } },
    { requestParameters: { secretIdList: names } },
    { errorMessage: [{ wildcard: `*${secretName}*` }] },
  ];
}

/** Users and the account itself have no session issuer. */
function anyoneBut(readers: readonly string[]): readonly object[] {
  return [{ 'anything-but': readers }, { exists: false }];
}
