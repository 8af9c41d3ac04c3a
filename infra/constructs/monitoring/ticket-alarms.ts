import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNames } from '../../../shared/observability/names.ts';
import type { ServiceFunction } from '../service-function.ts';
import { type AlarmDefinition, onceIsEnough, toldByACheck } from './operator-alarm.ts';
import { stageMetric } from './stage-metrics.ts';
import type { Watched } from './watched.ts';

const atLeast = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
const above = ComparisonOperator.GREATER_THAN_THRESHOLD;

/** What a person looks at on the next working day, before it becomes worse. */
export function ticketAlarms(watched: Watched): readonly AlarmDefinition[] {
  return [
    ordersRefused(watched),
    orderAbandoned(watched),
    budgetMostlySpent(watched),
    ordersNotCompared(watched),
    clockOff(watched),
    exchangeSlow(watched),
    answerUnfamiliar(watched),
    signingKeyOld(watched),
    transferUnclear(watched),
    ...watched.leftInTrading.map((instrument) => unitsInTrading(watched, instrument)),
    ...watched.functions.flatMap((one) => [functionErrors(one), functionThrottled(one)]),
    apiServerErrors(watched),
  ];
}

function ordersRefused({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'orders-refused',
    happened: 'The exchange refused more than a fifth of the orders of an hour, or they could not be sent.',
    breaks: 'Callers get no Units for them, and top-ups come late or not at all.',
    metric: stageMetric(stageName, metricNames.orderRefused, 'Average', Duration.hours(1)),
    comparison: above,
    threshold: 0.2,
    periods: 1,
    // No order, no refusal.
    missingData: TreatMissingData.NOT_BREACHING,
  };
}

function orderAbandoned({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'order-abandoned',
    happened: 'An order that got no clear answer was not found in three complete listings, and was given up.',
    breaks:
      'What it would have cost stays taken from the budgets of its day and month, which buy that much less.',
    metric: stageMetric(stageName, metricNames.ordersAbandoned, 'Sum', Duration.hours(1)),
    ...toldByACheck,
  };
}

function budgetMostlySpent({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'budget-mostly-spent',
    happened: 'More than 70 % of the budget of this UTC day is spent.',
    breaks: 'Nothing yet; when it is used up nothing more is bought until midnight UTC.',
    metric: stageMetric(stageName, metricNames.budgetSpentPercent, 'Maximum', checkEvery, { period: 'day' }),
    comparison: above,
    threshold: 70,
    periods: 1,
    missingData: TreatMissingData.IGNORE,
  };
}

function ordersNotCompared({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'orders-not-compared',
    happened: 'Three checks in a row could not list all orders of the exchange.',
    breaks:
      'An order without a record, or bought twice, would be noticed late, and unclear orders stay unclear.',
    metric: stageMetric(stageName, metricNames.auditIncomplete, 'Minimum', checkEvery),
    ...toldByACheck,
    periods: 3,
  };
}

function clockOff({ stageName, checkEvery }: Watched): AlarmDefinition {
  return {
    name: 'clock-off',
    happened: 'For three checks our clock and that of the exchange have differed by more than 5 s.',
    breaks: 'From 30 s on the exchange refuses every request: nothing could be bought or looked up.',
    metric: stageMetric(stageName, metricNames.clockSkew, 'Minimum', checkEvery),
    comparison: above,
    threshold: 5_000,
    periods: 3,
    missingData: TreatMissingData.IGNORE,
  };
}

function exchangeSlow({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'exchange-slow',
    happened: 'The slowest hundredth of what was sent to the exchange within an hour took longer than 5 s.',
    breaks:
      'Callers wait that long; from 8 s on an order counts as unclear until a balance check has found it.',
    metric: stageMetric(stageName, metricNames.postDuration, 'p99', Duration.hours(1)),
    comparison: above,
    threshold: 5_000,
    periods: 1,
    // Nothing sent, nothing slow.
    missingData: TreatMissingData.NOT_BREACHING,
  };
}

function answerUnfamiliar({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'answer-unfamiliar',
    happened: "The exchange's answers hold a field, or a word for an order's status, that is not known.",
    breaks:
      'Nothing yet; if the exchange has begun to say something else with it, balances or orders may be misread.',
    metric: stageMetric(stageName, metricNames.unfamiliarAnswers, 'Maximum', Duration.hours(1)),
    ...toldByACheck,
  };
}

function signingKeyOld({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'signing-key-old',
    happened: 'The signing key has been in use for more than 100 days.',
    breaks: 'Nothing yet; the longer a key is in use, the likelier it is that somebody else has it.',
    metric: stageMetric(stageName, metricNames.secretAge, 'Maximum', Duration.hours(1)),
    comparison: above,
    threshold: 100,
    periods: 1,
    missingData: TreatMissingData.IGNORE,
  };
}

function transferUnclear({ stageName }: Watched): AlarmDefinition {
  return {
    name: 'transfer-unclear',
    happened:
      'A transfer of Units was given up, or it has not been found out for a quarter of an hour what became of it.',
    breaks: 'Units of its instrument may stay in the trading account, where no application can use them.',
    metric: stageMetric(stageName, metricNames.unclearTransfers, 'Maximum', Duration.hours(1)),
    ...toldByACheck,
  };
}

function unitsInTrading({ stageName, checkEvery }: Watched, instrument: string): AlarmDefinition {
  return {
    name: 'units-in-trading',
    about: instrument,
    happened: `Units of ${instrument} have waited in the trading account for half an hour.`,
    breaks: 'They are paid for, and no application can use them there.',
    metric: stageMetric(stageName, metricNames.unitsInTrading, 'Minimum', checkEvery, { instrument }),
    comparison: above,
    threshold: 0,
    periods: Math.ceil(30 / checkEvery.toMinutes()),
    missingData: TreatMissingData.IGNORE,
  };
}

function functionErrors({ name, lambda }: ServiceFunction): AlarmDefinition {
  return {
    name: 'function-errors',
    about: name,
    happened: `The function ${name} has ended with an error or run out of time.`,
    breaks: 'Who called it got no answer; for a balance check, the next one has to do its work.',
    metric: lambda.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
    ...onceIsEnough,
  };
}

function functionThrottled({ name, lambda }: ServiceFunction): AlarmDefinition {
  return {
    name: 'function-throttled',
    about: name,
    happened: `Lambda would not run ${name}, because the account runs as many functions as it may.`,
    breaks: 'Callers are turned away, or a balance check comes late or not at all.',
    metric: lambda.metricThrottles({ statistic: 'Sum', period: Duration.minutes(5) }),
    ...onceIsEnough,
  };
}

function apiServerErrors({ api }: Watched): AlarmDefinition {
  return {
    name: 'api-server-errors',
    happened: 'The API has answered five or more requests of a quarter of an hour with a 5xx status.',
    breaks: 'Callers cannot buy, list or cancel orders, and have to try again later.',
    metric: api.stage.metricServerError({ statistic: 'Sum', period: Duration.minutes(15) }),
    comparison: atLeast,
    threshold: 5,
    periods: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  };
}
