import type { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { resources } from './resources.ts';

const dimension = v.object({ Name: v.string(), Value: v.unknown() });

const metricFields = {
  Namespace: v.string(),
  MetricName: v.string(),
  Dimensions: v.optional(v.array(dimension), []),
};

/** An alarm on one metric has its fields itself; one on an expression has a list of queries. */
const alarmSchema = v.looseObject({
  AlarmName: v.string(),
  AlarmDescription: v.string(),
  ComparisonOperator: v.picklist([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
  ]),
  Threshold: v.number(),
  EvaluationPeriods: v.number(),
  TreatMissingData: v.string(),
  AlarmActions: v.optional(v.array(v.object({ Ref: v.string() })), []),
  OKActions: v.optional(v.array(v.object({ Ref: v.string() })), []),
  ...v.partial(v.object(metricFields)).entries,
  Statistic: v.optional(v.string()),
  ExtendedStatistic: v.optional(v.string()),
  Period: v.optional(v.number()),
  Metrics: v.optional(
    v.array(
      v.object({
        Expression: v.optional(v.string()),
        MetricStat: v.optional(
          v.object({ Metric: v.object(metricFields), Stat: v.string(), Period: v.number() }),
        ),
      }),
    ),
  ),
});

/** An alarm of a template, in a form that a test reads easily. */
export interface TemplateAlarm {
  /** Its name in CloudWatch. */
  readonly alarmName: string;
  /** The same without `grid-buyer` and the stage `test`. */
  readonly id: string;
  readonly description: string;
  readonly namespace: string;
  /** The name of the metric, or `EXPRESSION of NAME`. */
  readonly watches: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  /** Such as `Maximum of 60 s`. */
  readonly statistic: string;
  /** Such as `>= 1`. */
  readonly condition: string;
  readonly periods: number;
  readonly missingData: string;
  /** Which of the topics hear of it: `Pages`, `Tickets`. */
  readonly actions: { readonly alarm: readonly string[]; readonly ok: readonly string[] };
}

const signs = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
};

/** All alarms of a template. */
export function alarmsOf(template: Template): readonly TemplateAlarm[] {
  return resources(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => {
    const alarm = v.parse(alarmSchema, Properties);
    const { metric, statistic, expression } = sourceOf(alarm);
    return {
      alarmName: alarm.AlarmName,
      id: alarm.AlarmName.replace(/^grid-buyer-test-/, ''),
      description: alarm.AlarmDescription,
      namespace: metric.Namespace,
      metricName: metric.MetricName,
      watches: expression === undefined ? metric.MetricName : `${expression} of ${metric.MetricName}`,
      dimensions: Object.fromEntries(metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
      statistic,
      condition: `${signs[alarm.ComparisonOperator]} ${alarm.Threshold}`,
      periods: alarm.EvaluationPeriods,
      missingData: alarm.TreatMissingData,
      actions: { alarm: alarm.AlarmActions.map(topicOf), ok: alarm.OKActions.map(topicOf) },
    };
  });
}

function sourceOf(alarm: v.InferOutput<typeof alarmSchema>) {
  const metrics = alarm.Metrics ?? [];
  const stat = metrics.map(({ MetricStat }) => MetricStat).find((one) => one !== undefined);
  if (stat === undefined) {
    const metric = v.parse(v.object(metricFields), alarm);
    const statistic = alarm.Statistic ?? alarm.ExtendedStatistic;
    return { metric, statistic: `${statistic} of ${alarm.Period} s`, expression: undefined };
  }
  const expression = metrics.map(({ Expression }) => Expression).find((one) => one !== undefined);
  return { metric: stat.Metric, statistic: `${stat.Stat} of ${stat.Period} s`, expression };
}

function topicOf({ Ref }: { readonly Ref: string }): string {
  return Ref.replace(/^MonitoringTopics/, '').replace(/[0-9A-F]{8}$/, '');
}
