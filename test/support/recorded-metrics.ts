import type { MetricSink } from '../../shared/observability/metric-sink.ts';

/** Metrics as lines such as `CheckFailed 1 instrument=chat-prime`. */
export interface RecordedMetrics {
  readonly emit: MetricSink;
  readonly lines: readonly string[];
}

export function createRecordedMetrics(): RecordedMetrics {
  const lines: string[] = [];
  const emit: MetricSink = (name, value, dimensions = {}) => {
    const pairs = Object.entries(dimensions).map(([dimension, of]) => `${dimension}=${of}`);
    lines.push([name, value, ...pairs].join(' '));
  };
  return { emit, lines };
}
