import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../shared/observability/json-log.ts';

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a log line', () => {
  it('is one line of JSON: level, what happened, when, in which function, and the fields', () => {
    const before = Date.now();
    createLog({ SERVICE_NAME: 'place-order' }).warn('order-answered', {
      orderId: 'a\nb',
      status: 429,
      reason: undefined,
    });
    const [line = '', ...others] = lines;
    expect(others).toEqual([]);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    const { timestamp, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(rest).toEqual({
      level: 'WARN',
      message: 'order-answered',
      service: 'place-order',
      orderId: 'a\nb',
      status: 429,
    });
    expect(new Date(String(timestamp)).toISOString()).toBe(timestamp);
    expect(Date.parse(String(timestamp))).toBeGreaterThanOrEqual(before);
  });

  it('has the level that was meant', () => {
    const log = createLog({});
    log.info('wake-up', {});
    log.warn('wake-up', {});
    log.error('wake-up', {});
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
      'INFO',
      'WARN',
      'ERROR',
    ]);
  });
});
