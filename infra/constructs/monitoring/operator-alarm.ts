import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { type AlarmIdentity, alarmCatalogue, alarmNameIn, alarmText } from './alarm-catalogue.ts';
import type { AlarmTopics } from './alarm-topics.ts';

/** An alarm as a person who is woken by it needs it; nothing here has a default, so nothing is forgotten. */
export interface AlarmDefinition extends AlarmIdentity {
  /** One sentence: what happened. */
  readonly happened: string;
  /** One sentence: what this breaks for the people whose applications use the Units. */
  readonly breaks: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** How many of the metric's periods in a row. */
  readonly periods: number;
  /** What no data means: trouble (BREACHING), nothing happened (NOT_BREACHING), or nothing new (IGNORE). */
  readonly missingData: TreatMissingData;
}

/** For a metric that every check writes: the first value that is not zero tells, and without a check nothing is new. */
export const toldByACheck = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  threshold: 1,
  periods: 1,
  missingData: TreatMissingData.IGNORE,
} as const satisfies Partial<AlarmDefinition>;

/** For what is counted only when it happens: once is enough, and without data it did not happen. */
export const onceIsEnough = { ...toldByACheck, missingData: TreatMissingData.NOT_BREACHING } as const;

/** Where alarms belong and whom they tell. */
export interface AlarmSurroundings {
  readonly stageName: string;
  /** Where the runbook is; the name of an alarm's section is added to it. */
  readonly runbookUrl: string;
  readonly topics: AlarmTopics;
}

/** An alarm that says what happened, what it breaks and where to read on, and that somebody hears of. */
export class OperatorAlarm extends Alarm {
  constructor(
    scope: Construct,
    { stageName, runbookUrl, topics }: AlarmSurroundings,
    definition: AlarmDefinition,
  ) {
    const { name, about } = definition;
    super(scope, about === undefined ? name : `${name}-${about}`, {
      alarmName: alarmNameIn(stageName, definition),
      alarmDescription: alarmText(runbookUrl, definition),
      metric: definition.metric,
      comparisonOperator: definition.comparison,
      threshold: definition.threshold,
      evaluationPeriods: definition.periods,
      treatMissingData: definition.missingData,
    });
    const severity = alarmCatalogue[name];
    const action = new SnsAction(topics.of(severity));
    this.addAlarmAction(action);
    // Whoever was woken should hear when it is over.
    if (severity === 'page') this.addOkAction(action);
  }
}
