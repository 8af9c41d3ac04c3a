import type { Announcement } from '../../local/service/announcement.ts';
import { createApiClient } from '../../local/service/api-client.ts';
import type { Target } from './target.ts';

/** The stack that runs on this machine. */
export function openLocal(running: Announcement): Target {
  const { stage, region, apiUrl, caller, tableName } = running;
  return {
    description: `the local stack (stage ${stage})`,
    stage,
    isLocal: true,
    region,
    apiUrl,
    api: async () => createApiClient(apiUrl, region, caller),
    accessKeyId: async () => caller.accessKeyId,
    control: async () => {
      const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      return { client: new DynamoDBClient(running.administrator), tableName };
    },
    secret: async () => {
      const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      return {
        client: new SecretsManagerClient(running.secretsManager),
        secret: running.signingKeySecretArn,
      };
    },
    keyFunction: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return { client: new LambdaClient(running.lambda), functionName: running.promoteKeyFunctionName };
    },
    alarms: async () => undefined,
  };
}
