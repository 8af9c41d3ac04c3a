import type { AwsEndpoint } from '../emulators/aws-endpoint.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import type { FunctionAccess } from './lambda/sandbox-environment.ts';
import type { Template } from './template/template.ts';

/** What a connector can build on. */
export interface ConnectorContext {
  readonly dynamoDb: AwsEndpoint;
  readonly secretsManager: AwsEndpoint;
  readonly functions: readonly FunctionDescription[];
  readonly template: Template;
  /** Replaces references in a value of the template, for example in the statements of a policy. */
  readonly resolve: (value: unknown) => unknown;
}

/** How the functions reach the services. */
export interface FunctionConnection {
  accessOf(description: FunctionDescription): FunctionAccess;
  close(): Promise<void>;
}

/**
 * Puts something between the functions and the services, for example a proxy that checks each function's
 * own permissions, or one that injects faults. Called once, before any function runs.
 */
export type FunctionConnector = (context: ConnectorContext) => Promise<FunctionConnection>;

/** Functions talk to the services directly, all with the same keys. */
export const connectDirectly: FunctionConnector = async ({ dynamoDb, secretsManager }) => ({
  accessOf: () => ({
    credentials: dynamoDb.credentials,
    dynamoDbEndpoint: dynamoDb.endpoint,
    secretsManagerEndpoint: secretsManager.endpoint,
  }),
  close: async () => {},
});
