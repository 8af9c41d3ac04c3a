import type { AwsEndpoint } from '../emulators/aws-endpoint.ts';
import type { AccessDenial, AccessRequest } from './access/access-request.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import type { FunctionAccess } from './lambda/sandbox-environment.ts';
import type { SecretDescription } from './resources/secrets.ts';
import type { TableDescription } from './resources/tables.ts';
import type { References } from './template/references.ts';
import type { Template } from './template/template.ts';

/** What a connector can build on. */
export interface ConnectorContext {
  readonly dynamoDb: AwsEndpoint;
  readonly secretsManager: AwsEndpoint;
  readonly functions: readonly FunctionDescription[];
  readonly tables: readonly TableDescription[];
  readonly secrets: readonly SecretDescription[];
  readonly template: Template;
  /** Replaces references in a value of the template, for example in the statements of a policy. */
  readonly resolve: (value: unknown) => unknown;
  /** What references in the template stand for. */
  readonly references: References;
  /** The time in which functions live and sign, ms since the epoch. */
  readonly now: () => number;
  /** Tells the owner of the stack of a refusal. */
  readonly onDenied: (denial: AccessDenial) => void;
}

/** How the functions reach the services, and what the parts of the stack may do. */
export interface FunctionConnection {
  accessOf(description: FunctionDescription): FunctionAccess;
  /**
   * Whether something that the platform does may be done: write a log, invoke a function, send to a queue. Whoever
   * refuses also tells of it. @default everything is allowed
   */
  allows?(request: AccessRequest): boolean;
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
