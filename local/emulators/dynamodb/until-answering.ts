import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type AwsEndpoint, clientOptions } from '../aws-endpoint.ts';

const patienceMs = 10_000;
const pollMs = 20;

/**
 * Waits until the server answers a signed call, which proves that it is ready and takes our credentials.
 * @throws the last failure after ten seconds.
 */
export async function untilAnswering(server: AwsEndpoint): Promise<void> {
  const client = new DynamoDBClient({ ...clientOptions(server), maxAttempts: 1 });
  const giveUpAt = Date.now() + patienceMs;
  try {
    for (;;) {
      const failure = await client.send(new ListTablesCommand({ Limit: 1 })).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (failure === undefined) return;
      if (Date.now() > giveUpAt) {
        throw new Error(`DynamoDB at ${server.endpoint} does not answer.`, { cause: failure.error });
      }
      await wait(pollMs);
    }
  } finally {
    client.destroy();
  }
}
