import { environmentNames } from '../configuration/environment-names.ts';
import type { Log, LogEvent, LogFields } from './log.ts';

/**
 * Log lines as JSON on the standard output, which Lambda takes as they are: from `level` and `timestamp` it knows which of
 * them the function's log level leaves out.
 *
 * Written here and not by a library: a line is what happened, when, where and a few plain values, and a library for that is a
 * tenth of a bundle.
 */
export function createLog(environment: Readonly<Record<string, string | undefined>>): Log {
  const service = environment[environmentNames.serviceName];
  const write =
    (level: 'INFO' | 'WARN' | 'ERROR') =>
    (message: LogEvent, fields: LogFields): void => {
      const line = { level, message, timestamp: new Date().toISOString(), service, ...fields };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
  return { info: write('INFO'), warn: write('WARN'), error: write('ERROR') };
}
