import { environmentNames } from '../configuration/environment-names.ts';
import { decimalScale } from '../ledger/decimal.ts';
import { dimensionNames, type MetricName, metricNamespace } from './names.ts';

/** Where metrics go: one line in the embedded metric format each. */
export type MetricSink = (
  name: MetricName,
  value: number,
  dimensions?: Readonly<Record<string, string>>,
) => void;

/** A metric is a picture, not a balance: here an exact amount of Units or USD becomes a floating-point number. */
export function forDisplay(amount: bigint): number {
  return Number(amount) / Number(decimalScale);
}

/**
 * Metrics of this stage and not of a function: an order is an order, whoever placed it. A function whose stage is not named
 * still runs; its metrics are nobody's.
 *
 * Written here and not by a library, because each line has its own dimensions and nothing else is needed. Past the console,
 * which Lambda would wrap in a log record of its own; then CloudWatch would find no metric in it.
 */
export function createMetricSink(environment: Readonly<Record<string, string | undefined>>): MetricSink {
  const stage = environment[environmentNames.stage] ?? 'unknown';
  return (name, value, dimensions = {}) => {
    const all = { [dimensionNames.stage]: stage, ...dimensions };
    const metric = {
      Namespace: metricNamespace,
      Dimensions: [Object.keys(all)],
      Metrics: [{ Name: name, Unit: 'Count' }],
    };
    const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] }, ...all, [name]: value };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
