import { describe, expect, it, vi } from 'vitest';
import { createMetricSink } from '../../../shared/observability/metric-sink.ts';

/** What is written for CloudWatch when this is emitted. */
function written(environment: Record<string, string>, dimensions?: Record<string, string>): unknown {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  createMetricSink(environment)('CheckFailed', 0, dimensions);
  vi.restoreAllMocks();
  return JSON.parse(lines.join(''));
}

describe('a metric', () => {
  it('has its stage and its own dimensions, and not the function: alarms ask for exactly these', () => {
    expect(written({ STAGE: 'production' }, { instrument: 'chat-prime' })).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'GridBuyer',
            Dimensions: [['stage', 'instrument']],
            Metrics: [{ Name: 'CheckFailed', Unit: 'Count' }],
          },
        ],
      },
      stage: 'production',
      instrument: 'chat-prime',
      CheckFailed: 0,
    });
  });

  it('without dimensions of its own has the stage alone', () => {
    expect(written({ STAGE: 'trial' })).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['stage']] }] },
      stage: 'trial',
    });
  });

  it('does not keep a function from running whose stage is not named', () => {
    expect(written({})).toMatchObject({ stage: 'unknown' });
  });
});
