import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ApiClient } from '../../local/service/api-client.ts';

/** An alarm of the stage that is not as it should be. */
export interface RaisedAlarm {
  readonly name: string;
  /** `ALARM`, or `INSUFFICIENT_DATA` while nothing was measured. */
  readonly state: string;
  /** ISO 8601. */
  readonly since: string | null;
  /** What happened, what it breaks, and where to read on. */
  readonly description: string;
}

/** Where grid-buyer runs: on this machine, or as a deployed stage. */
export interface Target {
  /** Such as `the local stack` or `stage production in eu-west-1`. */
  readonly description: string;
  /** Name of the stage. */
  readonly stage: string;
  readonly isLocal: boolean;
  readonly region: string;
  readonly apiUrl: string;
  /** The API, called with the credentials at hand. @throws Failure `credentials` if there are none */
  api(): Promise<ApiClient>;
  /** Access key that requests are signed with. @throws Failure `credentials` if there is none */
  accessKeyId(): Promise<string>;
  /** The table, for administrators. */
  control(): Promise<{ readonly client: DynamoDBClient; readonly tableName: string }>;
  /** The secret of the signing key. */
  secret(): Promise<{ readonly client: SecretsManagerClient; readonly secret: string }>;
  /** The function that may read the keys. */
  keyFunction(): Promise<{ readonly client: LambdaClient; readonly functionName: string }>;
  /** Alarms that are raised; undefined where there are none at all, as on a laptop. */
  alarms(): Promise<readonly RaisedAlarm[] | undefined>;
}
