import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { environmentNames } from '../configuration/environment-names.ts';
import type { Log } from './log.ts';
import { dimensionNames, type MetricName } from './names.ts';

/** Structured log lines. Service name and level come from the environment. */
export function createLog(): Log {
  const logger = new Logger();
  return {
    info: (event, fields) => logger.info(event, { ...fields }),
    warn: (event, fields) => logger.warn(event, { ...fields }),
    error: (event, fields) => logger.error(event, { ...fields }),
  };
}

/** Where metrics go: one line in the embedded metric format each. */
export type MetricSink = (
  name: MetricName,
  value: number,
  dimensions?: Readonly<Record<string, string>>,
) => void;

/**
 * Metrics in the stack's namespace, which comes from the environment, of this stage and not of a function: an order is
 * an order, whoever placed it. A function whose stage is not named still runs; its metrics are nobody's.
 */
export function createMetricSink(environment: Readonly<Record<string, string | undefined>>): MetricSink {
  const metrics = new Metrics();
  const stage = environment[environmentNames.stage] ?? 'unknown';
  return (name, value, dimensions = {}) => {
    const single = metrics.singleMetric();
    // The library's own dimension, the name of the function.
    single.clearDefaultDimensions();
    single.addDimensions({ [dimensionNames.stage]: stage, ...dimensions });
    single.addMetric(name, MetricUnit.Count, value);
  };
}
