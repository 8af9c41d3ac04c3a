import type { Log, LogEvent, LogFields } from '../../shared/observability/log.ts';

/** A log that keeps its lines. */
export interface RecordedLog extends Log {
  readonly lines: {
    readonly level: 'info' | 'warn' | 'error';
    readonly event: LogEvent;
    readonly fields: LogFields;
  }[];
}

export function createRecordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const write = (level: 'info' | 'warn' | 'error') => (event: LogEvent, fields: LogFields) => {
    lines.push({ level, event, fields });
  };
  return { lines, info: write('info'), warn: write('warn'), error: write('error') };
}
