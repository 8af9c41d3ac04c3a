import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import {
  type LocalSecretsManager,
  startSecretsManager,
} from '../../local/emulators/secrets-manager/start-secrets-manager.ts';
import { type SecretClient, secretsManagerClientAt } from '../../shared/aws/clients.ts';

/** An emulator for the file, and an empty secret in it for each of its tests. */
export interface KeySecret {
  readonly server: LocalSecretsManager;
  readonly client: SecretClient;
  readonly arn: string;
}

/** @returns asks for what the test at hand may use; outside of a test there is nothing to ask for */
export function useKeySecret(): () => KeySecret {
  let emulator: Omit<KeySecret, 'arn'> | undefined;
  let arn = '';
  let made = 0;

  const running = () => {
    if (emulator === undefined) throw new Error('The emulator runs while tests do.');
    return emulator;
  };
  beforeAll(async () => {
    const server = await startSecretsManager();
    emulator = {
      server,
      client: secretsManagerClientAt(clientOptions(server)),
    };
  });
  afterAll(async () => {
    running().client.destroy();
    await running().server.close();
  });
  beforeEach(async () => {
    made += 1;
    const created = await running().client.send(new CreateSecretCommand({ Name: `key-${made}` }));
    arn = created.ARN ?? '';
  });
  return () => ({ ...running(), arn });
}
