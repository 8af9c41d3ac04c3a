import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../shared/time/system-clock.ts';
import { planChange } from '../administration/plan-change.ts';
import { writePlanned } from '../administration/write-planned.ts';
import { type AwsEndpoint, clientOptions } from '../emulators/aws-endpoint.ts';

/** Lets buying go on as an administrator does: sets the mode to LIVE and closes the breaker, both or neither. */
export async function resume(administrator: AwsEndpoint, tableName: string, reason: string): Promise<void> {
  const client = new DynamoDBClient(clientOptions(administrator));
  try {
    const tools = { client, tableName, clock: systemClock, random: Math.random };
    const plan = await planChange(tools, { verb: 'mode', mode: 'LIVE' });
    await writePlanned(tools, plan, { by: 'local-page', reason, closesBreaker: true });
  } finally {
    client.destroy();
  }
}
