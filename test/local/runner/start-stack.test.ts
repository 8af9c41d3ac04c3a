import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalStack, StackEvent } from '../../../local/runner/start-stack.ts';
import { answeredBy, changedFixture, startFixture } from './support/fixture.ts';
import { processState } from './support/process-state.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'grid-buyer-test-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function secretId(stack: LocalStack): string {
  return stack.secretArns.get('Secret') ?? '';
}

async function readSecret(stack: LocalStack): Promise<string | undefined> {
  const client = new SecretsManagerClient(stack.secretsManager);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId(stack) }));
  client.destroy();
  return SecretString;
}

describe('a stack', () => {
  it.each(['extenddb', 'dynoxide'] as const)('has the table of the template (%s)', async (engine) => {
    const stack = await startFixture({ engine });
    const client = new DynamoDBClient(stack.dynamoDb);
    const TableName = stack.tableNames.get('Table') ?? '';
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    client.destroy();
    await stack.close();
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [{ IndexName: 'work', Projection: { ProjectionType: 'KEYS_ONLY' } }],
    });
    expect(ttl.TimeToLiveDescription).toMatchObject({
      AttributeName: 'expiresAt',
      TimeToLiveStatus: 'ENABLED',
    });
  });

  it('keeps table and secret in its data directory', async () => {
    const first = await startFixture({ dataDirectory: directory });
    const table = new DynamoDBClient(first.dynamoDb);
    const secrets = new SecretsManagerClient(first.secretsManager);
    const TableName = first.tableNames.get('Table') ?? '';
    const key = { pk: { S: 'order' }, sk: { S: '1' } };
    await table.send(new PutItemCommand({ TableName, Item: { ...key, state: { S: 'open' } } }));
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId(first), SecretString: 'mine' }));
    table.destroy();
    secrets.destroy();
    await first.close();

    const second = await startFixture({ dataDirectory: directory });
    const again = new DynamoDBClient(second.dynamoDb);
    const { Item } = await again.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true }));
    again.destroy();
    const value = await readSecret(second);
    await second.close();
    expect(Item).toMatchObject({ state: { S: 'open' } });
    expect(value).toBe('mine');
    expect(second.secretArns).toEqual(first.secretArns);
  });

  it('does not share its data directory', async () => {
    const stack = await startFixture({ dataDirectory: directory });
    const second = startFixture({ dataDirectory: directory });
    await expect(second).rejects.toThrow(`in use by process ${process.pid}`);
    await stack.close();
    const third = await startFixture({ dataDirectory: directory });
    await third.close();
  });

  it('refuses data of a table with other keys or indexes', async () => {
    const stack = await startFixture({ dataDirectory: directory });
    await stack.close();
    const assemblyDirectory = await changedFixture((resources) => {
      delete resources['Table']?.Properties['GlobalSecondaryIndexes'];
    });
    const changed = startFixture({ dataDirectory: directory, assemblyDirectory });
    await expect(changed).rejects.toThrow('Table: the table in the data directory has other keys or indexes');
    await rm(assemblyDirectory, { recursive: true });
  });

  it('forgets everything without a data directory', async () => {
    const first = await startFixture();
    const generated = await readSecret(first);
    await first.close();
    const second = await startFixture();
    const other = await readSecret(second);
    await second.close();
    expect(generated).toHaveLength(20);
    expect(other).not.toBe(generated);
  });

  it('leaves no process behind when it is closed, not even in the middle of an invocation', async () => {
    const stack = await startFixture();
    const answer = await stack.invoke('Behaviours', { do: 'answer' });
    const hanging = stack.invoke('Behaviours', { do: 'hang' });
    await stack.close();
    expect(await hanging).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    const { processId } = answeredBy(answer);
    expect(processState(processId)).toMatch(/^Z?$/);
    await expect(stack.invoke('Behaviours', {})).rejects.toThrow('the stack is closed');
  });

  it('starts sandboxes ahead when it is to be warm, and lets them run on when they are not to freeze', async () => {
    const stack = await startFixture({ warm: true, freeze: false });
    const result = await stack.invoke('Behaviours', { do: 'forget' });
    const { processId } = answeredBy(result);
    const state = processState(processId);
    await stack.close();
    expect(result.initDurationMs).toBeUndefined();
    expect(state).not.toBe('T');
  });

  it('gives each function the access that a connector decides on', async () => {
    const closed: string[] = [];
    const roles: unknown[] = [];
    const stack = await startFixture({
      connect: async ({ dynamoDb, secretsManager, functions, template, resolve }) => {
        roles.push(
          functions.map(({ roleArn }) => roleArn),
          resolve({ Ref: 'Table' }),
          template.Resources['Role']?.Type,
        );
        return {
          accessOf: ({ logicalId }) => ({
            credentials: { accessKeyId: `KEY${logicalId}`, secretAccessKey: 'own' },
            dynamoDbEndpoint: `${dynamoDb.endpoint}/proxied`,
            secretsManagerEndpoint: secretsManager.endpoint,
          }),
          close: async () => {
            closed.push('connector');
          },
        };
      },
    });
    const result = await stack.invoke('Behaviours', { do: 'environment' });
    await stack.close();
    expect(result).toMatchObject({
      payload: {
        AWS_ACCESS_KEY_ID: 'KEYBehaviours',
        AWS_ENDPOINT_URL_DYNAMODB: `${stack.dynamoDb.endpoint}/proxied`,
      },
    });
    expect(roles.slice(1)).toEqual([stack.tableNames.get('Table'), 'AWS::IAM::Role']);
    expect(closed).toEqual(['connector']);
  });
});

describe('the schedules of a stack', () => {
  it('fire when they are told to, with the time that is given', async () => {
    const stack = await startFixture();
    const time = new Date('2026-11-23T10:00:00.500Z');
    const result = await stack.fireSchedule('EveryMinute', time);
    await expect(stack.fireSchedule()).rejects.toThrow('there are: EveryMinute, Switched');
    await stack.close();
    const [schedule] = stack.schedules;
    expect(result).toMatchObject({
      ok: true,
      payload: { scheduledTime: '2026-11-23T10:00:00Z', arn: schedule?.arn, attempt: 1 },
    });
  });

  it.each([
    ['from the start', 'on', 1],
    ['when they are started later', 'off', 0],
  ] as const)(
    'fire by the clock %s, but for those that are switched off',
    async (_when, schedules, waiting) => {
      const events: StackEvent[] = [];
      const timers: (() => void)[] = [];
      let now = Date.parse('2026-11-23T08:59:00Z');
      const stack = await startFixture({
        schedules,
        clock: {
          now: () => now,
          after: (_delayMs, callback) => {
            timers.push(callback);
            return () => {};
          },
        },
        onEvent: (event) => events.push(event),
      });
      expect(timers).toHaveLength(waiting);
      stack.startSchedules();
      stack.startSchedules();
      for (let minute = 0; minute < 2; minute += 1) {
        for (const callback of timers.splice(0)) callback();
        now += 60_000;
      }
      await expect
        .poll(() => events.filter(({ type }) => type === 'invocation-finished'), { timeout: 10_000 })
        .toHaveLength(2);
      await stack.close();
      // At nine the other one would have been due.
      expect(events.filter(({ type }) => type === 'schedule-fired')).toEqual([
        { type: 'schedule-fired', scheduleLogicalId: 'EveryMinute', scheduledTime: now - 120_000 },
        { type: 'schedule-fired', scheduleLogicalId: 'EveryMinute', scheduledTime: now - 60_000 },
      ]);
    },
  );
});
