import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { goLive } from '../administration/go-live.ts';
import { ChangeError } from '../administration/plan-change.ts';
import { type AwsEndpoint, clientOptions } from '../emulators/aws-endpoint.ts';
import { type ExchangeOptions, type RunningExchange, startExchange } from '../exchange/start.ts';
import { connectWithPermissions, type PermissionControl } from '../permissions/connect-with-permissions.ts';
import { generateCaller } from '../runner/http-api/caller.ts';
import type { LocalStack } from '../runner/local-stack.ts';
import type { StackOptions } from '../runner/stack-options.ts';
import { startStack } from '../runner/start-stack.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { ensureSigningKey } from './signing-key.ts';

/** The whole service on this machine: the stack, an exchange, and a key that both know. */
export interface LocalService {
  readonly stack: LocalStack;
  readonly exchange: RunningExchange;
  /** Calls the API as the first of its callers, who sees what all of them and the schedule have ordered. */
  readonly api: ApiClient;
  /** DynamoDB as who has taken the administrator's role sees it; undefined where `connect` was given. */
  readonly administrator: AwsEndpoint | undefined;
  close(): Promise<void>;
}

/** How to start it. */
export interface LocalServiceOptions extends Omit<StackOptions, 'environment' | 'schedules'> {
  /** Environment variables that win over the template's, for all functions. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly exchange?: ExchangeOptions;
}

/** Of the made-up caller. */
const accountId = '123456789012';

/**
 * Starts exchange and stack and makes a key that both know. With a data directory both go on where they ended, so
 * that the orders that are recorded here are those that the exchange knows. Schedules fire once
 * `stack.startSchedules()` is called: a check without a key can only fail. The functions may do what their roles allow.
 */
export async function startLocalService(options: LocalServiceOptions): Promise<LocalService> {
  const exchange = await startExchange({
    log: (line) => process.stderr.write(`exchange: ${line}\n`),
    ...options.exchange,
    dataDirectory: options.dataDirectory,
  });
  try {
    const callers = options.callers ?? [generateCaller({ stackName: 'local', accountId, region: 'local' })];
    const readers = callers.slice(0, 1).map(({ userArn }) => userArn);
    let control: PermissionControl | undefined;
    const stack = await startStack({
      connect: connectWithPermissions((ready) => {
        control = ready;
      }),
      ...options,
      callers,
      environment: {
        // Whoever tries the service out is to see what the schedule does.
        [environmentNames.readers]: JSON.stringify(readers),
        [environmentNames.exchangeUrl]: exchange.url,
        ...options.environment,
      },
      schedules: 'off',
    });
    return await connect(stack, exchange, control);
  } catch (error) {
    await exchange.close();
    throw error;
  }
}

/**
 * A new stage is in DRY_RUN; here it is allowed to buy, as an administrator would. Settings that cannot be understood stay:
 * the stack shows what it does then.
 */
async function letBuy(stack: LocalStack): Promise<void> {
  const [tableName = ''] = stack.tableNames.values();
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const tools = { client, tableName, clock: systemClock, random: Math.random };
  try {
    await goLive(tools, { by: 'local', reason: 'a local stack spends no money' });
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
  } finally {
    client.destroy();
  }
}

async function connect(
  stack: LocalStack,
  exchange: RunningExchange,
  control: PermissionControl | undefined,
): Promise<LocalService> {
  const close = async (): Promise<void> => {
    await stack.close();
    await exchange.close();
  };
  try {
    const [secretArn] = stack.secretArns.values();
    const [caller] = stack.callerCredentials;
    if (secretArn === undefined || caller === undefined)
      throw new Error('The stack has no secret or no caller.');
    const { publicKey } = await ensureSigningKey(stack.secretsManager, secretArn);
    exchange.admin.addKey({ publicKey });
    await letBuy(stack);
    const administrator = control?.dynamoDbAs(stack.output('AdministratorRoleArn'));
    return {
      stack,
      exchange,
      api: createApiClient(stack.apiUrl, stack.region, caller),
      administrator,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
