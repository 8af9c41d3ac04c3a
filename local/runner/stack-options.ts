import type { EmbeddedEngine } from '../emulators/dynamodb/start-dynamodb.ts';
import type { FunctionConnector } from './function-connector.ts';
import type { CallerCredentials } from './http-api/caller.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import type { SchedulerClock } from './schedules/scheduler-clock.ts';
import type { StackEvent } from './stack-event.ts';

/** Environment variables for a function. */
export type EnvironmentOverrides =
  | Readonly<Record<string, string>>
  | ((description: FunctionDescription) => Readonly<Record<string, string>>);

/** How to start a stack. */
export interface StackOptions {
  /** Folder that `cdk synth` wrote, for example `.local/cdk.out`. */
  readonly assemblyDirectory: string;
  /** Which stack of the folder. Needed only when there are several. */
  readonly stackName?: string | undefined;
  /** @default what the stack says, else eu-west-1 */
  readonly region?: string | undefined;
  /** @default what the stack says, else 123456789012 */
  readonly accountId?: string | undefined;
  /** Values for parameters of the template. @default the template's defaults */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** @default the environment variables, else extenddb: see `startDynamoDb` */
  readonly engine?: EmbeddedEngine | undefined;
  /** Folder that keeps table and secrets. @default none: all is gone at close */
  readonly dataDirectory?: string | undefined;
  /** Environment variables that win over the template's, for all functions or by function. */
  readonly environment?: EnvironmentOverrides | undefined;
  /** Who may call the API. @default one generated caller */
  readonly callers?: readonly CallerCredentials[] | undefined;
  /** Port of the API. @default a free one */
  readonly apiPort?: number | undefined;
  /** Fire schedules at their times, or not until `startSchedules`. @default on */
  readonly schedules?: 'on' | 'off' | undefined;
  /** @default the computer's clock */
  readonly clock?: SchedulerClock | undefined;
  /**
   * The time in which functions live, ms since the epoch. It is asked as a process starts and at each event, and stands
   * still in between; timers go on at the usual speed. Secrets Manager checks its signatures against it. @default the
   * computer's clock
   */
  readonly time?: (() => number) | undefined;
  /** Stop functions between invocations, as Lambda does. @default true */
  readonly freeze?: boolean | undefined;
  /** Start one sandbox of each function ahead of the first invocation. @default false */
  readonly warm?: boolean | undefined;
  /** @default functions reach the services directly */
  readonly connect?: FunctionConnector | undefined;
  /** Gets each line that a function writes. */
  readonly onLog?: ((description: FunctionDescription, line: string) => void) | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
}
