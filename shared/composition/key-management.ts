import { secretsManagerClient } from '../aws/clients.ts';
import { type Environment, readExchangeSettings } from '../configuration/environment.ts';
import { createKeyCheck } from '../exchange/check-key.ts';
import type { KeyAnswer } from '../keys/key-answer.ts';
import { type KeyAction, manageKeys } from '../keys/manage-keys.ts';
import type { Log } from '../observability/log.ts';
import { createKeyVault } from '../secrets/key-vault.ts';
import { systemClock } from '../time/system-clock.ts';
import { createTransport } from '../transport/transport.ts';

/** Connects the management of keys with the secret and the exchange of the stage. */
export function openKeyManagement(environment: Environment, log: Log) {
  const { endpoint, signingKeySecretArn } = readExchangeSettings(environment);
  const client = secretsManagerClient();
  const vault = createKeyVault({ client, secretArn: signingKeySecretArn });
  const transport = createTransport(endpoint.url);
  return (action: KeyAction, deadline: number): Promise<KeyAnswer> => {
    const checkKey = createKeyCheck({
      endpoint,
      transport,
      deadline,
      clock: systemClock,
      random: Math.random,
      skew: { offset: 0 },
      tally: { answered: 0, refused: 0 },
    });
    return manageKeys({ vault, checkKey, clock: systemClock, log }, action);
  };
}
