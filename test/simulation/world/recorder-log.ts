import type { Log, LogEvent, LogFields } from '../../../shared/observability/log.ts';
import { canary } from '../invariants/canary.ts';
import type { Journal } from '../kernel/journal.ts';

/** Writes log lines to the journal, and tells of a line that says what it must not. */
export function createSimulatedLog(
  journal: Journal,
  by: string,
  onLine: (event: LogEvent) => void,
  onSecret: (event: LogEvent) => void,
): Log {
  const write = (event: LogEvent, fields: LogFields): void => {
    onLine(event);
    const texts = Object.values(fields).map(String);
    journal.write(`log.${event}`, `${by} ${texts.join(' ')}`);
    if (texts.some((text) => text.includes(canary))) onSecret(event);
  };
  return { info: write, warn: write, error: write };
}
