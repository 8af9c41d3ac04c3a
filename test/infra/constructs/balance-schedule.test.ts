import { describe, expect, it } from 'vitest';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize();
const schedule = resourceOf(template, 'AWS::Scheduler::Schedule').Properties;
const arnOf = (type: string, prefix: string) => ({
  'Fn::GetAtt': [resourceOf(template, type, prefix).logicalId, 'Arn'],
});

describe('the schedule', () => {
  it('runs at the rate of the stage, to the minute', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
    });
    expect(
      resourceOf(synthesize({ checkEveryMinutes: 5 }), 'AWS::Scheduler::Schedule').Properties,
    ).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
    });
  });

  it('starts the check, gives up after two repeats or two minutes, and keeps what it gave up', () => {
    expect(schedule['Target']).toEqual({
      Arn: arnOf('AWS::Lambda::Function', 'CheckBalances'),
      RoleArn: arnOf('AWS::IAM::Role', 'BalanceChecks'),
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 120 },
      DeadLetterConfig: { Arn: arnOf('AWS::SQS::Queue', 'BalanceChecksUndelivered') },
      Input: JSON.stringify({
        scheduleArn: '<aws.scheduler.schedule-arn>',
        scheduledTime: '<aws.scheduler.scheduled-time>',
        executionId: '<aws.scheduler.execution-id>',
        everyMinutes: 1,
      }),
    });
  });

  it('tells the check how far apart checks are', () => {
    const { Target: target } = resourceOf(synthesize({ checkEveryMinutes: 5 }), 'AWS::Scheduler::Schedule')
      .Properties as { readonly Target: { readonly Input: string } };
    expect(JSON.parse(target.Input)).toMatchObject({ everyMinutes: 5 });
  });
});

describe('the invocation', () => {
  it('is never repeated, is dropped after a minute, and is kept when it fails', () => {
    expect(resourceOf(template, 'AWS::Lambda::EventInvokeConfig').Properties).toEqual({
      FunctionName: { Ref: resourceOf(template, 'AWS::Lambda::Function', 'CheckBalances').logicalId },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: arnOf('AWS::SQS::Queue', 'BalanceChecksFailed') } },
    });
  });
});

describe('the queues of failures', () => {
  const queues = resources(template, 'AWS::SQS::Queue');

  it('are two, encrypted, and keep a message for two weeks', () => {
    expect(queues.map(({ Properties }) => Properties)).toEqual([
      { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 },
      { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 },
    ]);
  });

  it.each(queues.map(({ logicalId }) => logicalId))(
    '%s refuses connections that are not encrypted',
    (logicalId) => {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: logicalId }],
        PolicyDocument: {
          Statement: [
            { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          ],
        },
      });
      expect(resources(template, 'AWS::SQS::QueuePolicy')).toHaveLength(queues.length);
    },
  );
});
