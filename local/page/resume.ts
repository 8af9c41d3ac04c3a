import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../shared/time/system-clock.ts';
import { goLive } from '../administration/go-live.ts';
import { type AwsEndpoint, clientOptions } from '../emulators/aws-endpoint.ts';

/**
 * Lets buying go on as an administrator does: sets the mode to LIVE and closes the breaker, both or neither.
 *
 * @returns false if somebody else has changed something meanwhile, and nothing was written
 */
export async function resume(
  administrator: AwsEndpoint,
  tableName: string,
  reason: string,
): Promise<boolean> {
  const client = new DynamoDBClient(clientOptions(administrator));
  try {
    const tools = { client, tableName, clock: systemClock, random: Math.random };
    const written = await goLive(tools, { by: 'local-page', reason, closesBreaker: true });
    return written?.kind !== 'overtaken';
  } finally {
    client.destroy();
  }
}
