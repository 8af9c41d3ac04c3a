import { secretsManagerClient } from '../aws/clients.ts';
import { type Environment, readExchangeSettings } from '../configuration/environment.ts';
import type { ExchangeDialect } from '../exchange/client.ts';
import type { ExchangeWatch, SignedRequestTools } from '../exchange/signed-requests.ts';
import { createSigningKeySource } from '../secrets/signing-key-source.ts';
import { systemClock } from '../time/system-clock.ts';
import { createTransport } from '../transport/transport.ts';
import { atStart } from './at-start.ts';

/** The way to the exchange. */
export interface ExchangeAccess<Client> {
  /** Gives a client of the exchange for one invocation, which ends its work before the deadline (ms since the epoch). */
  (deadline: number): Client;
  /** When the key that signs was put into the secret, ms since the epoch; undefined until it has been read. */
  readonly keyStoredAt: () => number | undefined;
}

/**
 * Connects the exchange client with its real surroundings. The signing key is read and the exchange's server met already now:
 * the start of a function has more of the processor than its first invocation. A key that cannot be read now is tried again
 * when it is needed.
 *
 * @param createClient makes the client: with what a function asks of the exchange, and no more
 * @param watch is told what people should see of the exchange
 */
export async function openExchange<Client>(
  environment: Environment,
  createClient: (tools: SignedRequestTools, dialect: ExchangeDialect) => Client,
  watch?: ExchangeWatch,
): Promise<ExchangeAccess<Client>> {
  const settings = readExchangeSettings(environment);
  const signingKey = createSigningKeySource({
    client: secretsManagerClient(),
    secretArn: settings.signingKeySecretArn,
    clock: systemClock,
  });
  const transport = createTransport(settings.endpoint.url);
  const shared = {
    endpoint: settings.endpoint,
    transport,
    signingKey,
    onKeyRefused: signingKey.forget,
    clock: systemClock,
    random: Math.random,
    skew: { offset: 0 },
    ...(watch === undefined ? {} : { watch }),
  };
  const signed = signingKey().then((key) => key.sign(new Uint8Array(1)));
  await atStart([signed, transport.meet()]);
  const access = (deadline: number): Client =>
    createClient({ ...shared, deadline, tally: { answered: 0, refused: 0 } }, settings.dialect);
  return Object.assign(access, { keyStoredAt: signingKey.storedAt });
}
