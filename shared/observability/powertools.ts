import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from './log.ts';

/** Structured log lines. Service name and level come from the environment. */
export function createLog(): Log {
  const logger = new Logger();
  return {
    info: (event, fields) => logger.info(event, { ...fields }),
    warn: (event, fields) => logger.warn(event, { ...fields }),
    error: (event, fields) => logger.error(event, { ...fields }),
  };
}
