import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { endpointsOf } from './endpoints.ts';
import { jsonProtocol } from './json-protocol.ts';

/**
 * How AWS is called: with time-outs, which the SDK does not have by itself, so that no invocation hangs on a
 * connection until Lambda ends it.
 */
const patience = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** Options for clients of the table. */
export const dynamoDbOptions = {
  ...patience,
  endpointProvider: endpointsOf('dynamodb'),
  protocol: jsonProtocol({ target: 'DynamoDB_20120810', version: '1.0' }),
  protocolSettings: {},
};

/** Options for clients of the secret. */
export const secretsManagerOptions = {
  ...patience,
  endpointProvider: endpointsOf('secretsmanager'),
  protocol: jsonProtocol({ target: 'secretsmanager', version: '1.1' }),
  protocolSettings: {},
};

let dynamoDb: DynamoDBClient | undefined;

/** The client of the table: one for a process, whose parts so share its connections. */
export function dynamoDbClient(): DynamoDBClient {
  dynamoDb ??= new DynamoDBClient(dynamoDbOptions);
  return dynamoDb;
}

/** A client of the secret. */
export function secretsManagerClient(): SecretsManagerClient {
  return new SecretsManagerClient(secretsManagerOptions);
}
