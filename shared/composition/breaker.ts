import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableName } from '../configuration/environment.ts';
import type { Breaker } from '../orders/control-port.ts';
import { createBreaker } from '../store/control-store.ts';
import { systemClock } from '../time/system-clock.ts';

/**
 * Connects the breaker with the table of the stage, and nothing else.
 *
 * @param onOpened is told when the breaker was closed before
 */
export function openBreaker(environment: Environment, onOpened: () => void): Breaker {
  const client = dynamoDbClient();
  const tools = { client, tableName: readTableName(environment), clock: systemClock, random: Math.random };
  return createBreaker(tools, onOpened);
}
