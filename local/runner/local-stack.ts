import type { AwsEndpoint } from '../emulators/aws-endpoint.ts';
import type { LocalDynamoDb } from '../emulators/dynamodb/start-dynamodb.ts';
import type { CallerCredentials } from './http-api/caller.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import type { InvocationResult } from './lambda/invocation-result.ts';
import type { QueueMessage } from './queues/queue-set.ts';
import type { RouteDescription } from './resources/http-api.ts';
import type { ScheduleDescription } from './resources/schedules.ts';

/** A running stack. */
export interface LocalStack {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Origin of the HTTP API, without a slash at the end. @throws when the template has no HTTP API */
  readonly apiUrl: string;
  readonly routes: readonly RouteDescription[];
  /** Who may call the API: sign with the first for a start. */
  readonly callerCredentials: readonly CallerCredentials[];
  /** Table name by logical id. */
  readonly tableNames: ReadonlyMap<string, string>;
  /** Secret ARN by logical id. */
  readonly secretArns: ReadonlyMap<string, string>;
  readonly functions: readonly FunctionDescription[];
  readonly schedules: readonly ScheduleDescription[];
  /** Value of an output of the template. @throws when there is no such one */
  output(name: string): string;
  /** For a client of one's own, past the functions. */
  readonly dynamoDb: AwsEndpoint & Pick<LocalDynamoDb, 'engine'>;
  readonly secretsManager: AwsEndpoint;
  /** Invokes a function by logical id or name. Its failure is a result. @throws when there is no such one */
  invoke(functionIdOrName: string, payload: unknown): Promise<InvocationResult>;
  /** Ends what is free of a function's processes, so that its next invocation starts cold. @throws as `invoke` */
  recycle(functionIdOrName: string): Promise<void>;
  /**
   * Fires a schedule now, also a disabled one, and waits for the function.
   * @param scheduleLogicalId needed only when there are several
   * @param scheduledTime what the function is told; @default now
   */
  fireSchedule(scheduleLogicalId?: string, scheduledTime?: Date): Promise<InvocationResult>;
  /** What is in a queue, by its logical id, oldest first. @throws when there is no such queue */
  queueMessages(logicalId: string): readonly QueueMessage[];
  /** Lets the schedules fire at their times from now on, where they were started `off`. */
  startSchedules(): void;
  /** Ends everything. The data directory keeps what was acknowledged. */
  close(): Promise<void>;
}
