import {
  Alarm,
  type ComparisonOperator,
  type IMetric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { AlarmTopics, Severity } from './alarm-topics.ts';
import { type RunbookSection, runbookLink } from './runbook.ts';

/** An alarm as a person who is woken by it needs it; nothing here has a default, so nothing is forgotten. */
export interface AlarmDefinition {
  /** Its id in the stack, which its name in CloudWatch ends with. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what happened. */
  readonly happened: string;
  /** One sentence: what this breaks for the people whose applications use the Units. */
  readonly breaks: string;
  /** What to do about it. */
  readonly runbook: RunbookSection;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** How many of the metric's periods in a row. */
  readonly periods: number;
  /** What no data means: trouble (BREACHING), nothing happened (NOT_BREACHING), or nothing new (IGNORE). */
  readonly missingData: TreatMissingData;
}

/** An alarm that says what happened, what it breaks and where to read on, and that somebody hears of. */
export class OperatorAlarm extends Alarm {
  constructor(scope: Construct, topics: AlarmTopics, definition: AlarmDefinition) {
    const { id, severity, happened, breaks, runbook } = definition;
    super(scope, id, {
      alarmDescription: `${happened} ${breaks} Runbook: ${runbookLink(runbook)}`,
      metric: definition.metric,
      comparisonOperator: definition.comparison,
      threshold: definition.threshold,
      evaluationPeriods: definition.periods,
      treatMissingData: definition.missingData,
    });
    const action = new SnsAction(topics.of(severity));
    this.addAlarmAction(action);
    // Whoever was woken should hear when it is over.
    if (severity === 'page') this.addOkAction(action);
  }
}
