import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from '../../local/emulators/loopback/self-signed-certificate.ts';
import type { ExchangeOptions } from '../../local/exchange/start.ts';
import { Closers } from '../../local/runner/closers.ts';
import type { FunctionConnector } from '../../local/runner/function-connector.ts';
import type { FunctionDescription } from '../../local/runner/lambda/function-description.ts';
import type { FunctionAccess } from '../../local/runner/lambda/sandbox-environment.ts';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import type { FunctionPlace } from '../processes/measured-function.ts';
import { type Certificate, startTlsFront, type TlsFront } from './tls-front.ts';

/** The services that a function calls, behind TLS as they are on AWS. */
export interface Surroundings {
  readonly service: LocalService;
  /** The ways to the services, which count what goes through. */
  readonly fronts: Fronts;
  /** Where a function of the stack runs, by its name in `functions/`. */
  placeOf(name: string): FunctionPlace;
  /** Where a function that is not of the stack runs, in the surroundings of one that is. */
  placeLike(name: string, folder: string): FunctionPlace;
  close(): Promise<void>;
}

/** One for each service. */
export interface Fronts {
  readonly dynamoDb: TlsFront;
  readonly secretsManager: TlsFront;
  readonly exchange: TlsFront;
}

/** How to start them. */
export interface SurroundingsOptions {
  /** Folder that `cdk synth` wrote. */
  readonly assemblyDirectory: string;
  /** Environment variables that win over the template's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly exchange?: ExchangeOptions;
  /** Origin of another exchange than the simulator. */
  readonly exchangeOrigin?: string;
}

/** So that no measurement ends at them. */
const wideLimits = {
  perOrder: '50.00',
  perDay: '1000000.00',
  perMonth: '1000000.00',
  ordersPerHour: 100_000,
};

/** More asks than are ever bought. */
const deepBook = { market: 'chat-prime', asks: [{ price: '2.00', quantity: 1_000_000 }] };

/** Starts the stack's services with real engines and the exchange's simulator, each behind TLS. */
export async function startSurroundings(options: SurroundingsOptions): Promise<Surroundings> {
  const closers = new Closers();
  try {
    return await startAll(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function startAll(options: SurroundingsOptions, closers: Closers): Promise<Surroundings> {
  const certificate = selfSignedCertificate();
  const certificateFile = keepCertificate(certificate, closers);
  const targets = { dynamoDb: '', secretsManager: '', exchange: '' };
  const frontOf = async (name: keyof Fronts): Promise<TlsFront> => {
    const front = await startTlsFront(certificate, () => targets[name]);
    closers.add(() => front.close());
    return front;
  };
  const fronts = {
    dynamoDb: await frontOf('dynamoDb'),
    secretsManager: await frontOf('secretsManager'),
    exchange: await frontOf('exchange'),
  };
  const environment = {
    [environmentNames.spendingLimits]: JSON.stringify(wideLimits),
    // The official way buys on the same account; that would stop all buying.
    [environmentNames.exchangeDialect]: JSON.stringify({ foreignOrders: 'count' }),
    NODE_EXTRA_CA_CERTS: certificateFile,
    [environmentNames.exchangeUrl]: fronts.exchange.url,
    ...options.environment,
  };
  const service = await startLocalService({
    assemblyDirectory: options.assemblyDirectory,
    engine: 'dynoxide',
    connect: connectThrough(fronts),
    environment,
    exchange: { sellers: false, usd: '100000000', signatureLibrary: 'node', ...options.exchange },
  });
  closers.add(() => service.close());
  const { dynamoDb, secretsManager, functions, region } = service.stack;
  Object.assign(targets, {
    dynamoDb: dynamoDb.endpoint,
    secretsManager: secretsManager.endpoint,
    exchange: options.exchangeOrigin ?? service.exchange.url,
  });
  const access = accessThrough(fronts, dynamoDb.credentials);
  const placeOf = (name: string): FunctionPlace => {
    const description = described(functions, name);
    return { description, region, access, environment };
  };
  service.exchange.admin.setBook(deepBook);
  return {
    service,
    fronts,
    placeOf,
    placeLike: (name, assetPath) => {
      const place = placeOf(name);
      return { ...place, description: { ...place.description, assetPath } };
    },
    close: () => closers.closeAll(),
  };
}

/** In a file, for Node to trust. */
function keepCertificate({ cert }: Certificate, closers: Closers): string {
  const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-bench-'));
  closers.add(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, cert);
  return file;
}

function connectThrough(fronts: Fronts): FunctionConnector {
  return async ({ dynamoDb }) => {
    const access = accessThrough(fronts, dynamoDb.credentials);
    return { accessOf: () => access, close: async () => {} };
  };
}

function accessThrough(fronts: Fronts, credentials: FunctionAccess['credentials']): FunctionAccess {
  return {
    credentials,
    dynamoDbEndpoint: fronts.dynamoDb.url,
    secretsManagerEndpoint: fronts.secretsManager.url,
  };
}

function described(functions: readonly FunctionDescription[], name: string): FunctionDescription {
  const found = functions.find(({ environment }) => environment[environmentNames.serviceName] === name);
  if (found === undefined) throw new Error(`The stack has no function ${name}.`);
  return found;
}
