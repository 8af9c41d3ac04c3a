import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Log } from './log.ts';
import type { metricNames } from './names.ts';

/** Structured log lines. Service name and level come from the environment. */
export function createLog(): Log {
  const logger = new Logger();
  return {
    info: (event, fields) => logger.info(event, { ...fields }),
    warn: (event, fields) => logger.warn(event, { ...fields }),
    error: (event, fields) => logger.error(event, { ...fields }),
  };
}

export type MetricName = (typeof metricNames)[keyof typeof metricNames];

/** Where metrics go: one line in the embedded metric format each. */
export type MetricSink = (
  name: MetricName,
  value: number,
  dimensions?: Readonly<Record<string, string>>,
) => void;

/** Metrics in the stack's namespace, which comes from the environment. */
export function createMetricSink(): MetricSink {
  const metrics = new Metrics();
  return (name, value, dimensions = {}) => {
    const single = metrics.singleMetric();
    for (const [dimension, of] of Object.entries(dimensions)) single.addDimension(dimension, of);
    single.addMetric(name, MetricUnit.Count, value);
  };
}
