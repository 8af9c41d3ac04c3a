import { describe, expect, it } from 'vitest';
import { emitPosts, emitUnfamiliar } from '../../../shared/observability/exchange-metrics.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';

function told(names: readonly string[]) {
  const { emit, lines } = createRecordedMetrics();
  const log = createRecordedLog();
  emitUnfamiliar({ log, emitMetric: emit }, new Set(names));
  return { lines, logged: log.lines };
}

it('a POST is measured in milliseconds', () => {
  const { emit, lines } = createRecordedMetrics();
  emitPosts(emit).posted(5_001);
  expect(lines).toEqual(['PostDurationMs 5001']);
});

describe('what is not known in answers', () => {
  it('is counted, also when there is nothing, and then nothing is logged', () => {
    expect(told([])).toEqual({ lines: ['UnfamiliarAnswers 0'], logged: [] });
    expect(told(['orders.status', 'orders.colour']).lines).toEqual(['UnfamiliarAnswers 2']);
  });

  it('is logged by name, and never more than a person reads', () => {
    expect(JSON.stringify(told(['orders.status', 'orders.colour']).logged)).toContain(
      'orders.colour orders.status',
    );
    const many = Array.from({ length: 1_000 }, (_, index) => `orders.field_${index}`);
    expect(JSON.stringify(told(many).logged).length).toBeLessThan(1_000);
  });
});
