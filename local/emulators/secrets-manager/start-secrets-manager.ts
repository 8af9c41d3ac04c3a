import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type AwsCredentials, type AwsEndpoint, exampleCredentials } from '../aws-endpoint.ts';
import { listenOnLoopback } from '../loopback/listen.ts';
import { readBody } from '../loopback/read-body.ts';
import { asWireRequest } from '../signature/as-wire-request.ts';
import { authenticate } from './authenticate.ts';
import { SecretsManagerFailure } from './failure.ts';
import type { OperationContext } from './operation.ts';
import { operations } from './operations.ts';
import { createSecretKeeper, type SecretKeeper } from './secret-keeper.ts';

/** A running Secrets Manager. Its endpoint fields can be given to a Secrets Manager client as they are. */
export interface LocalSecretsManager extends AwsEndpoint {
  close(): Promise<void>;
}

/** How to start Secrets Manager. */
export interface SecretsManagerOptions {
  /** Folder for the file `secrets.json`. @default none: everything stays in memory */
  readonly dataDirectory?: string | undefined;
  /** @default eu-west-1 */
  readonly region?: string | undefined;
  /** Account in the ARNs. @default 123456789012 */
  readonly accountId?: string | undefined;
  /** The only keys that may sign. @default the example keys of AWS's documentation */
  readonly credentials?: AwsCredentials | undefined;
  /** Clock, milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

const bodyLimitBytes = 1024 * 1024;

/**
 * Starts a Secrets Manager on loopback that speaks the real protocol (AWS JSON 1.1, signatures checked).
 * @throws when the file in the data directory is damaged
 */
export async function startSecretsManager(options: SecretsManagerOptions = {}): Promise<LocalSecretsManager> {
  const { dataDirectory, credentials = exampleCredentials } = options;
  const context: OperationContext = {
    region: options.region ?? 'eu-west-1',
    accountId: options.accountId ?? '123456789012',
    now: options.now ?? Date.now,
  };
  const keeper = createSecretKeeper(
    dataDirectory === undefined ? undefined : join(dataDirectory, 'secrets.json'),
  );
  const server = await listenOnLoopback((request, response) =>
    answer(request, response, { keeper, context, credentials }),
  );
  return { endpoint: server.url, region: context.region, credentials, close: () => server.close() };
}

interface Service {
  readonly keeper: SecretKeeper;
  readonly context: OperationContext;
  readonly credentials: AwsCredentials;
}

async function answer(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  try {
    // Clients correct their clock by it.
    response.setHeader('date', new Date(service.context.now()).toUTCString());
    const body = await readBody(request, bodyLimitBytes);
    if (body === undefined) throw new SecretsManagerFailure('SerializationException', 'Request too large.');
    send(response, 200, perform(request, body, service));
  } catch (error) {
    const failure = error instanceof SecretsManagerFailure ? error : internalFailure();
    const status = failure.type === 'InternalServiceError' ? 500 : 400;
    send(response, status, { __type: failure.type, Message: failure.message });
  }
}

function perform(
  request: IncomingMessage,
  body: Buffer,
  { keeper, context, credentials }: Service,
): Readonly<Record<string, unknown>> {
  authenticate(asWireRequest(request, body), {
    region: context.region,
    service: 'secretsmanager',
    secretOf: (key) => (key === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
    now: context.now(),
  });
  const operation = operations.get(operationName(request));
  if (operation === undefined) {
    throw new SecretsManagerFailure('UnknownOperationException', 'The operation is not emulated.');
  }
  const { output, secrets } = operation(keeper.current(), parseJson(body), context);
  if (secrets !== undefined) keeper.replace(secrets);
  return output;
}

function operationName(request: IncomingMessage): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target.replace(/^secretsmanager\./, '') : '';
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SecretsManagerFailure('SerializationException', 'The request is not JSON.');
  }
}

/** Says nothing about the cause: it may hold a value. */
function internalFailure(): SecretsManagerFailure {
  return new SecretsManagerFailure('InternalServiceError', 'An error occurred on the server side.');
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
