import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { dimensionNames, type MetricName, metricNamespace } from '../../../shared/observability/names.ts';

/** How the values of one period become one: for flags, `Minimum` says "always" and `Maximum` says "ever". */
export type Statistic = 'Minimum' | 'Maximum' | 'Average' | 'Sum' | 'p50' | 'p99';

/** One of our own metrics of one stage, as the functions emit it. */
export function stageMetric(
  stageName: string,
  name: MetricName,
  statistic: Statistic,
  period: Duration,
  dimensions: Readonly<Partial<Record<keyof typeof dimensionNames, string>>> = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { ...dimensions, [dimensionNames.stage]: stageName },
    statistic,
    period,
  });
}
