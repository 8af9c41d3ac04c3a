import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { FailureQueue } from './failure-queue.ts';
import type { ServiceFunction } from './service-function.ts';

export interface BalanceScheduleProps {
  /** Looks at the balances and tops up. */
  readonly checkBalances: ServiceFunction;
  /** Time from one check to the next. */
  readonly every: Duration;
}

/**
 * Has the balances checked at a fixed rate.
 *
 * A late check is worth nothing, the next one is due, so both layers that repeat by themselves are cut down: the
 * scheduler (by default 185 times within a day) delivers a run for two minutes at most, and Lambda's own queue (by
 * default 2 repeats within six hours) never runs one again and drops it after a minute. A run may still arrive
 * twice; the function recognizes it by its schedule and its scheduled time. The execution id is for the log only:
 * each attempt has another.
 */
export class BalanceSchedule extends Construct {
  /** Runs that the scheduler could not hand over to Lambda. */
  readonly undelivered: FailureQueue;
  /** Runs that Lambda took and that failed, or that it dropped. */
  readonly failed: FailureQueue;

  constructor(scope: Construct, id: string, props: BalanceScheduleProps) {
    super(scope, id);
    const { checkBalances } = props;
    this.undelivered = new FailureQueue(this, 'Undelivered');
    this.failed = new FailureQueue(this, 'Failed');

    checkBalances.allow('KeepFailed', ['sqs:SendMessage'], [this.failed.queueArn]);
    new EventInvokeConfig(this, 'Invocation', {
      function: checkBalances.lambda,
      retryAttempts: 0,
      maxEventAge: Duration.seconds(60),
      // CDK's own destination would also let the function look the queue up.
      onFailure: { bind: () => ({ destination: this.failed.queueArn }) },
    });

    const role = this.schedulerRole();
    role.addToPolicy(
      new PolicyStatement({
        sid: 'StartCheck',
        actions: ['lambda:InvokeFunction'],
        resources: [checkBalances.lambda.functionArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        sid: 'KeepUndelivered',
        actions: ['sqs:SendMessage'],
        resources: [this.undelivered.queueArn],
      }),
    );

    const schedule = new Schedule(this, 'Schedule', {
      description: 'Checks the balances and tops up',
      schedule: ScheduleExpression.rate(props.every),
      timeWindow: TimeWindow.off(),
      target: new LambdaInvoke(checkBalances.lambda, {
        // The target would add a right on every version and alias of the function as well.
        role: role.withoutPolicyUpdates(),
        input: ScheduleTargetInput.fromObject({
          scheduleArn: ContextAttribute.scheduleArn,
          scheduledTime: ContextAttribute.scheduledTime,
          executionId: ContextAttribute.executionId,
          everyMinutes: props.every.toMinutes(),
        }),
        retryAttempts: 2,
        maxEventAge: Duration.seconds(120),
        deadLetterQueue: this.undelivered,
      }),
    });
    schedule.node.addDependency(role);
  }

  /** Only a schedule of this account may take the role: other accounts' schedules cannot start a check with it. */
  private schedulerRole(): Role {
    const stack = Stack.of(this);
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': stack.account,
            'aws:SourceArn': stack.formatArn({
              service: 'scheduler',
              resource: 'schedule-group',
              resourceName: 'default',
            }),
          },
        },
      }),
    });
  }
}
