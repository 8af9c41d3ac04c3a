import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type AwsEndpoint, clientOptions } from '../../emulators/aws-endpoint.ts';
import type { SecretDescription } from '../resources/secrets.ts';
import { generateSecretText } from './generate-secret-text.ts';

/**
 * Creates the secrets that do not exist yet. One that exists keeps its value.
 * @returns the ARN by logical id
 */
export async function createSecrets(
  server: AwsEndpoint,
  secrets: readonly SecretDescription[],
): Promise<Map<string, string>> {
  const client = new SecretsManagerClient(clientOptions(server));
  try {
    const arns = await Promise.all(
      secrets.map(
        async (secret): Promise<[string, string]> => [
          secret.logicalId,
          (await existingArn(client, secret.name)) ?? (await create(client, secret)),
        ],
      ),
    );
    return new Map(arns);
  } finally {
    client.destroy();
  }
}

async function existingArn(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeSecretCommand({ SecretId: name }))).ARN;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: SecretsManagerClient, secret: SecretDescription): Promise<string> {
  const text =
    secret.generation === undefined ? secret.text : generateSecretText(secret.generation, secret.logicalId);
  const { ARN } = await client.send(
    new CreateSecretCommand({
      Name: secret.name,
      ...(secret.description === undefined ? {} : { Description: secret.description }),
      ...(text === undefined ? {} : { SecretString: text }),
    }),
  );
  if (ARN === undefined) throw new Error(`Secrets Manager gave no ARN for ${secret.logicalId}`);
  return ARN;
}
