import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { metricNames } from '../../../shared/observability/names.ts';
import { type AlarmDefinition, onceIsEnough, toldByACheck } from './operator-alarm.ts';
import { stageMetric } from './stage-metrics.ts';
import type { Watched } from './watched.ts';

/** What wakes a person at any hour: nothing is bought any more, or something happened that must not. */
export function pageAlarms(watched: Watched): readonly AlarmDefinition[] {
  const { schedule } = watched;
  return [
    heartbeat(watched),
    breakerOpen(watched),
    notEmpty(schedule.undelivered, {
      name: 'checks-not-delivered',
      happened: 'The scheduler could not hand a balance check over to its function.',
    }),
    notEmpty(schedule.failed, {
      name: 'checks-not-run',
      happened: 'A balance check ended with an error, or waited for more than a minute and was dropped.',
    }),
    orderUnclear(watched),
    ordersUnresolved(watched),
    ...watched.toppedUp.map((instrument) => checkFails(watched, instrument)),
    ...watched.toppedUp.map((instrument) => topUpBlocked(watched, instrument)),
    budgetNearlyUsed(watched, 'day'),
    budgetNearlyUsed(watched, 'month'),
    settingsChanged(watched),
    settingsUnusable(watched),
  ];
}

/**
 * Silence of so many whole minutes is told within 15 minutes of the last check: the minute in which it ended counts as a
 * minute with a check, and CloudWatch looks once a minute.
 */
const quietMinutes = 13;

/** Fires within 15 minutes of silence, or after three checks where they are rarer than every five minutes. */
function heartbeat({ stageName, checkEvery }: Watched): AlarmDefinition {
  const minutes = Math.max(quietMinutes, 3 * checkEvery.toMinutes());
  const period = Duration.minutes(1);
  const completed = stageMetric(stageName, metricNames.checkCompleted, 'Sum', period);
  return {
    name: 'no-check-completes',
    happened: `No balance check has completed for ${minutes} minutes.`,
    breaks: 'Nothing is topped up and no order is settled: applications stop when their Units are used up.',
    // An alarm looks further back than its periods for data before it believes that there is none. Zeroes it believes.
    metric: new MathExpression({ expression: 'FILL(completed, 0)', usingMetrics: { completed }, period }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: minutes,
    missingData: TreatMissingData.BREACHING,
  };
}

function breakerOpen({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'breaker-open',
    happened:
      'The breaker is open: something happened that the rules exclude, or somebody stopped all buying.',
    breaks: 'Nothing is bought, by callers or by the schedule, until an administrator closes it.',
    metric: stageMetric(stageName, metricNames.breakerOpen, 'Maximum', checkEvery),
    ...toldByACheck,
  };
}

function notEmpty(queue: Queue, says: Pick<AlarmDefinition, 'name' | 'happened'>): AlarmDefinition {
  return {
    ...says,
    breaks: 'While it lasts no balance is looked at, and nothing is topped up.',
    metric: queue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(1),
    }),
    // SQS says nothing of a queue that has been empty for hours.
    ...onceIsEnough,
  };
}

function orderUnclear({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'order-unclear',
    happened: 'For more than 15 minutes it has not been found out what became of an order that was sent.',
    breaks:
      'It counts as on its way and its money as spent, so its instrument is topped up with less or not at all.',
    metric: stageMetric(stageName, metricNames.unclearOrders, 'Maximum', checkEvery),
    ...toldByACheck,
  };
}

function ordersUnresolved({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'orders-unresolved',
    happened:
      'More than two orders at once have been sent without it being known whether the exchange has them.',
    breaks:
      'The exchange does not answer as it should; what is bought now may come late, or be refused as over budget.',
    metric: stageMetric(stageName, metricNames.unresolvedOrders, 'Maximum', checkEvery),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 2,
    periods: 1,
    missingData: TreatMissingData.IGNORE,
  };
}

/** Ends by itself with the next check, which sees the new settings as the known ones. */
function settingsChanged({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'settings-changed',
    happened: 'The settings have been changed since the last balance check.',
    breaks: 'More may be bought than before, or nothing any more, from the next order on.',
    metric: stageMetric(stageName, metricNames.settingsChanged, 'Maximum', checkEvery),
    ...toldByACheck,
  };
}

function settingsUnusable({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'settings-unusable',
    happened: 'The settings cannot be read or understood.',
    breaks: 'Nothing is bought, by callers or by the schedule, until an administrator has mended them.',
    metric: stageMetric(stageName, metricNames.settingsUnusable, 'Maximum', checkEvery),
    ...toldByACheck,
  };
}

function checkFails({ stageName, checkEvery }: Watched, instrument: string): AlarmDefinition {
  return {
    name: 'check-fails',
    about: instrument,
    happened: `Five balance checks in a row have failed for ${instrument}.`,
    breaks: 'It is not topped up: applications that use it stop when the rest is used up.',
    metric: stageMetric(stageName, metricNames.checkFailed, 'Minimum', checkEvery, { instrument }),
    ...toldByACheck,
    periods: 5,
  };
}

function topUpBlocked({ stageName, checkEvery }: Watched, instrument: string): AlarmDefinition {
  const checks = Math.max(3, Math.ceil(15 / checkEvery.toMinutes()));
  return {
    name: 'top-up-blocked',
    about: instrument,
    happened: `In ${checks} checks in a row ${instrument} was below its minimum, and nothing could be bought.`,
    breaks: 'Applications that use it stop when the rest is used up.',
    metric: stageMetric(stageName, metricNames.topUpBlocked, 'Minimum', checkEvery, { instrument }),
    ...toldByACheck,
    periods: checks,
  };
}

function budgetNearlyUsed({ stageName, checkEvery }: Watched, period: 'day' | 'month'): AlarmDefinition {
  return {
    name: 'budget-nearly-used',
    about: period,
    happened: `More than 90 % of the budget of this UTC ${period} is spent or reserved.`,
    breaks: `When it is used up nothing more is bought until the next ${period}.`,
    metric: stageMetric(stageName, metricNames.budgetUsedPercent, 'Maximum', checkEvery, { period }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 90,
    periods: 1,
    missingData: TreatMissingData.IGNORE,
  };
}
