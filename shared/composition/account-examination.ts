import { randomUUID } from 'node:crypto';
import { secretsManagerClient } from '../aws/clients.ts';
import { type Environment, readBuyableSettings, readExchangeSettings } from '../configuration/environment.ts';
import { type AccountExamination, examineAccount, examinedExchange } from '../exchange/examine-account.ts';
import { createSigningKeySource } from '../secrets/signing-key-source.ts';
import { systemClock } from '../time/system-clock.ts';
import { createTransport } from '../transport/transport.ts';

/**
 * Connects the examination of the account with the exchange of the stage and the key that is current.
 *
 * @returns examines it, before the deadline (ms since the epoch)
 */
export function openAccountExamination(
  environment: Environment,
): (deadline: number) => Promise<AccountExamination> {
  const { instruments } = readBuyableSettings(environment);
  const { endpoint, signingKeySecretArn } = readExchangeSettings(environment);
  const signingKey = createSigningKeySource({
    client: secretsManagerClient(),
    secretArn: signingKeySecretArn,
    clock: systemClock,
  });
  const transport = createTransport(endpoint.url);
  return (deadline) => {
    const exchange = examinedExchange({
      endpoint,
      transport,
      signingKey,
      onKeyRefused: signingKey.forget,
      deadline,
      clock: systemClock,
      random: Math.random,
      skew: { offset: 0 },
      tally: { answered: 0, refused: 0 },
    });
    return examineAccount(exchange, instruments, `order_${randomUUID()}`);
  };
}
