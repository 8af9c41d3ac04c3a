import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createTransport } from '../transport/transport.ts';
import { type AwsCredentials, createCommandSender } from './command-sender.ts';
import { endpointIn } from './endpoints.ts';
import type { JsonService } from './json-protocol.ts';

/** Where a service is called, and as whom. */
export interface AwsPlace {
  readonly region: string;
  /** An address of its own, such as an emulator's. */
  readonly endpoint?: string | undefined;
  readonly credentials: AwsCredentials;
  /** How often a request is sent at most; three times, if nothing is said. */
  readonly attempts?: number;
}

/** A client of the table, or of the secret, that sends the SDK's commands. */
export type TableClient = Pick<DynamoDBClient, 'send' | 'destroy'>;
export type SecretClient = Pick<SecretsManagerClient, 'send' | 'destroy'>;

type Environment = Readonly<Record<string, string | undefined>>;

const usualAttempts = 3;
/** As many as the SDK allows itself. */
const maxSockets = 50;

const dynamoDb: JsonService = { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0' };
const secretsManager: JsonService = { name: 'secretsmanager', target: 'secretsmanager', version: '1.1' };

let tableClient: TableClient | undefined;

/** The client of the table: one for a process, whose parts so share its connections. */
export function dynamoDbClient(): TableClient {
  tableClient ??= dynamoDbClientAt(placeIn(process.env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  return tableClient;
}

/** A client of the secret. */
export function secretsManagerClient(): SecretClient {
  return secretsManagerClientAt(placeIn(process.env, 'AWS_ENDPOINT_URL_SECRETS_MANAGER'));
}

/** A client of tables elsewhere. */
export function dynamoDbClientAt(place: AwsPlace): TableClient {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a command answers is for the SDK to say
  return clientAt(dynamoDb, place) as object as TableClient;
}

/** A client of secrets elsewhere. */
export function secretsManagerClientAt(place: AwsPlace): SecretClient {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a command answers is for the SDK to say
  return clientAt(secretsManager, place) as object as SecretClient;
}

function clientAt(service: JsonService, { region, credentials, endpoint, attempts }: AwsPlace) {
  const url = endpoint === undefined ? endpointIn(region, service.name) : new URL(endpoint);
  const transport = createTransport(url, { maxSockets });
  const send = createCommandSender({
    service,
    endpoint: url,
    region,
    credentials,
    transport,
    attempts: attempts ?? usualAttempts,
  });
  return { send, destroy: transport.close };
}

/**
 * Lambda puts the region and the role's credentials into the environment. They are looked for nowhere else: code that signs
 * orders is better off without ways to find others.
 */
function placeIn(environment: Environment, endpointName: string): AwsPlace {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`The environment has no ${name}.`);
    return value;
  };
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  return {
    region: read('AWS_REGION'),
    endpoint: environment[endpointName] ?? environment['AWS_ENDPOINT_URL'],
    credentials: {
      accessKeyId: read('AWS_ACCESS_KEY_ID'),
      secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
  };
}
