import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Environment, readExchangeSettings } from '../configuration/environment.ts';
import { createExchangeClient, type ExchangeClient } from '../exchange/client.ts';
import type { ExchangeWatch } from '../exchange/signed-requests.ts';
import { createTransport } from '../exchange/transport.ts';
import { createSigningKeySource } from '../secrets/signing-key-source.ts';
import { systemClock } from '../time/system-clock.ts';
import { awsClientOptions } from './aws-client.ts';

/** The way to the exchange. */
export interface ExchangeAccess {
  /** Gives a client of the exchange for one invocation, which ends its work before the deadline (ms since the epoch). */
  (deadline: number): ExchangeClient;
  /** When the key that signs was put into the secret, ms since the epoch; undefined until it has been read. */
  readonly keyStoredAt: () => number | undefined;
}

/** A start that hangs would be ended and begun again by Lambda. */
const longestPreparationMs = 3_000;

/**
 * Connects the exchange client with its real surroundings, and reads the signing key already now: the start of a
 * function has more of the processor than its first invocation. A key that cannot be read now is tried again when
 * it is needed.
 *
 * @param watch is told what people should see of the exchange
 */
export async function openExchange(environment: Environment, watch?: ExchangeWatch): Promise<ExchangeAccess> {
  const settings = readExchangeSettings(environment);
  const signingKey = createSigningKeySource({
    client: new SecretsManagerClient(awsClientOptions),
    secretArn: settings.signingKeySecretArn,
    clock: systemClock,
  });
  const shared = {
    endpoint: settings.endpoint,
    transport: createTransport(settings.endpoint.url),
    signingKey,
    onKeyRefused: signingKey.forget,
    clock: systemClock,
    random: Math.random,
    skew: { offset: 0 },
    ...(watch === undefined ? {} : { watch }),
  };
  const prepared = signingKey().then(
    (key) => key.sign(new Uint8Array(1)),
    () => undefined,
  );
  await Promise.race([prepared, systemClock.wait(longestPreparationMs)]);
  const access = (deadline: number): ExchangeClient =>
    createExchangeClient({ ...shared, deadline, tally: { answered: 0, refused: 0 } }, settings.dialect);
  return Object.assign(access, { keyStoredAt: signingKey.storedAt });
}
