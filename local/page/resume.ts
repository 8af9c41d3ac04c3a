import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { closeBreaker, putSettings, readSettings } from '../../shared/store/control-store.ts';
import { type AwsEndpoint, clientOptions } from '../emulators/aws-endpoint.ts';

/** Lets buying go on as an administrator does: closes the breaker, and sets the mode to LIVE where it is another. */
export async function resume(administrator: AwsEndpoint, tableName: string, reason: string): Promise<void> {
  const client = new DynamoDBClient(clientOptions(administrator));
  try {
    const tools = { client, tableName };
    const { settings, breaker } = await readSettings(tools);
    if (settings?.mode !== 'LIVE') {
      const limits = settings?.limits ?? {};
      await putSettings(tools, { mode: 'LIVE', limits, by: 'local-page', reason }, Date.now());
    }
    if (breaker !== undefined) await closeBreaker(tools);
  } finally {
    client.destroy();
  }
}
