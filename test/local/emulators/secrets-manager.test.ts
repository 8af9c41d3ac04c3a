import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidParameterException,
  InvalidRequestException,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../local/emulators/aws-endpoint.ts';
import {
  type LocalSecretsManager,
  startSecretsManager,
} from '../../../local/emulators/secrets-manager/start-secrets-manager.ts';

let directory: string;
let server: LocalSecretsManager;
let client: SecretsManagerClient;

async function start(): Promise<void> {
  server = await startSecretsManager({ dataDirectory: directory });
  client = new SecretsManagerClient({ ...clientOptions(server), maxAttempts: 1 });
}

async function stop(): Promise<void> {
  client.destroy();
  await server.close();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'grid-buyer-test-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

/** Creates the secret `key` and gives the ARN and the id of its version. */
async function create(SecretString: string): Promise<{ arn: string; versionId: string }> {
  const { ARN = '', VersionId = '' } = await client.send(
    new CreateSecretCommand({ Name: 'key', SecretString }),
  );
  return { arn: ARN, versionId: VersionId };
}

async function put(text: string, VersionStages = ['AWSCURRENT']): Promise<string> {
  const { VersionId = '' } = await client.send(
    new PutSecretValueCommand({ SecretId: 'key', SecretString: text, VersionStages }),
  );
  return VersionId;
}

async function read(input: { SecretId?: string; VersionId?: string; VersionStage?: string } = {}) {
  return (await client.send(new GetSecretValueCommand({ SecretId: 'key', ...input }))).SecretString;
}

async function stages(): Promise<Record<string, string[]> | undefined> {
  return (await client.send(new DescribeSecretCommand({ SecretId: 'key' }))).VersionIdsToStages;
}

describe('reading a secret', () => {
  it('finds it by name, ARN, ARN without its ending, version and stage', async () => {
    const { arn, versionId } = await create('first');
    const latest = await put('second');
    expect(await read()).toBe('second');
    expect(await read({ SecretId: arn })).toBe('second');
    expect(await read({ SecretId: arn.slice(0, -7) })).toBe('second');
    expect(await read({ VersionId: versionId })).toBe('first');
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('first');
    expect(await read({ VersionId: latest, VersionStage: 'AWSCURRENT' })).toBe('second');
    await expect(read({ VersionId: versionId, VersionStage: 'AWSCURRENT' })).rejects.toBeInstanceOf(
      InvalidRequestException,
    );
  });

  it('does not find what is not there', async () => {
    const { arn } = await create('first');
    const otherEnding = `${arn.slice(0, -6)}000000`;
    for (const missing of [
      { SecretId: 'other' },
      { SecretId: otherEnding },
      { VersionStage: 'AWSPREVIOUS' },
    ]) {
      await expect(read(missing)).rejects.toBeInstanceOf(ResourceNotFoundException);
    }
  });

  it('has no value before the first is put', async () => {
    await client.send(new CreateSecretCommand({ Name: 'key' }));
    await expect(read()).rejects.toBeInstanceOf(ResourceNotFoundException);
    await put('first', ['CUSTOM']);
    expect(await read()).toBe('first');
    expect(await read({ VersionStage: 'CUSTOM' })).toBe('first');
  });

  it('gives bytes and dates as the SDK types say', async () => {
    const SecretBinary = Uint8Array.from([0, 255, 10]);
    await client.send(new CreateSecretCommand({ Name: 'key', SecretBinary }));
    const value = await client.send(new GetSecretValueCommand({ SecretId: 'key' }));
    expect(value.SecretString).toBeUndefined();
    expect([...(value.SecretBinary ?? [])]).toEqual([0, 255, 10]);
    expect(Math.abs(Date.now() - (value.CreatedDate?.getTime() ?? 0))).toBeLessThan(60_000);
  });
});

describe('in another time', () => {
  it('tells its clock, so that clients correct theirs', async () => {
    const now = Date.UTC(2031, 0, 1);
    const later = await startSecretsManager({ now: () => now });
    const visitor = new SecretsManagerClient(clientOptions(later));
    const { ARN } = await visitor.send(new CreateSecretCommand({ Name: 'key', SecretString: 'text' }));
    const value = await visitor.send(new GetSecretValueCommand({ SecretId: ARN }));
    expect([value.SecretString, value.CreatedDate?.getTime()]).toEqual(['text', now]);
    visitor.destroy();
    await later.close();
  });
});

describe('stages', () => {
  it('AWSCURRENT and AWSPREVIOUS follow the last two values', async () => {
    const { versionId: first } = await create('first');
    const second = await put('second');
    const third = await put('third');
    expect(await stages()).toEqual({ [second]: ['AWSPREVIOUS'], [third]: ['AWSCURRENT'] });
    expect(await read({ VersionId: first })).toBe('first');
  });

  it('a custom stage is put beside, moved and taken away', async () => {
    const { versionId: first } = await create('first');
    const pending = await put('second', ['AWSPENDING']);
    expect(await stages()).toEqual({ [first]: ['AWSCURRENT'], [pending]: ['AWSPENDING'] });
    const base = { SecretId: 'key', VersionStage: 'AWSPENDING' };
    const move = new UpdateSecretVersionStageCommand({ ...base, MoveToVersionId: first });
    await expect(client.send(move)).rejects.toBeInstanceOf(InvalidParameterException);
    await client.send(
      new UpdateSecretVersionStageCommand({ ...base, MoveToVersionId: first, RemoveFromVersionId: pending }),
    );
    expect(await stages()).toEqual({ [first]: ['AWSCURRENT', 'AWSPENDING'] });
    await client.send(new UpdateSecretVersionStageCommand({ ...base, RemoveFromVersionId: first }));
    expect(await stages()).toEqual({ [first]: ['AWSCURRENT'] });
  });

  it('AWSCURRENT can be moved back, and cannot be taken away', async () => {
    const { versionId: first } = await create('first');
    const second = await put('second');
    const base = { SecretId: 'key', VersionStage: 'AWSCURRENT', RemoveFromVersionId: second };
    await expect(client.send(new UpdateSecretVersionStageCommand(base))).rejects.toBeInstanceOf(
      InvalidParameterException,
    );
    await client.send(new UpdateSecretVersionStageCommand({ ...base, MoveToVersionId: first }));
    expect(await stages()).toEqual({ [first]: ['AWSCURRENT'], [second]: ['AWSPREVIOUS'] });
  });
});

describe('repeated requests', () => {
  const ClientRequestToken = '0123456789abcdef0123456789abcdef';

  it('with the same token and value count once', async () => {
    await create('first');
    const repeat = () =>
      client.send(new PutSecretValueCommand({ SecretId: 'key', SecretString: 'second', ClientRequestToken }));
    await repeat();
    await put('third');
    expect((await repeat()).VersionId).toBe(ClientRequestToken);
    // The late repetition must not bring the old value back.
    expect(await read()).toBe('third');
  });

  it('with the same token and another value are refused', async () => {
    const input = { Name: 'key', ClientRequestToken };
    const { ARN } = await client.send(new CreateSecretCommand({ ...input, SecretString: 'first' }));
    const again = await client.send(new CreateSecretCommand({ ...input, SecretString: 'first' }));
    expect(again.ARN).toBe(ARN);
    const changed = { SecretId: 'key', SecretString: 'other', ClientRequestToken };
    await expect(client.send(new PutSecretValueCommand(changed))).rejects.toBeInstanceOf(
      ResourceExistsException,
    );
    await expect(create('other')).rejects.toBeInstanceOf(ResourceExistsException);
    expect(await read()).toBe('first');
  });
});

describe('deleting', () => {
  it('marks first: the value cannot be read, the name stays taken', async () => {
    await create('first');
    const { DeletionDate } = await client.send(
      new DeleteSecretCommand({ SecretId: 'key', RecoveryWindowInDays: 7 }),
    );
    const days = ((DeletionDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    await expect(read()).rejects.toBeInstanceOf(InvalidRequestException);
    await expect(create('again')).rejects.toBeInstanceOf(InvalidRequestException);
    expect((await client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  });

  it('forced frees the name at once, and the new secret has another ARN', async () => {
    const { arn } = await create('first');
    await client.send(new DeleteSecretCommand({ SecretId: 'key', ForceDeleteWithoutRecovery: true }));
    expect((await create('second')).arn).not.toBe(arn);
  });
});

describe('listing', () => {
  it('pages, filters by name, and shows no values', async () => {
    for (const Name of ['a/1', 'a/2', 'b/1']) {
      await client.send(new CreateSecretCommand({ Name, SecretString: 'hidden-value' }));
    }
    const Filters = [{ Key: 'name' as const, Values: ['a/'] }];
    const first = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1 }));
    const second = await client.send(new ListSecretsCommand({ Filters, NextToken: first.NextToken }));
    const names = [first, second].flatMap(({ SecretList = [] }) => SecretList.map(({ Name }) => Name));
    expect(names).toEqual(['a/1', 'a/2']);
    expect(second.NextToken).toBeUndefined();
    expect(JSON.stringify([first, second])).not.toContain('hidden-value');
  });
});

describe('the file', () => {
  it('brings everything back after a restart and is for the owner only', async () => {
    const { arn, versionId } = await create('first');
    await put('second', ['CUSTOM']);
    await stop();
    await start();
    expect(await read({ SecretId: arn, VersionId: versionId })).toBe('first');
    expect(await read({ VersionStage: 'CUSTOM' })).toBe('second');
    expect((await stat(join(directory, 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  it('is not overwritten when it is damaged, and the message does not quote it', async () => {
    await create('hidden-value');
    await stop();
    const path = join(directory, 'secrets.json');
    const damaged = (await readFile(path, 'utf8')).slice(0, -5);
    await writeFile(path, damaged);
    const failure: unknown = await startSecretsManager({ dataDirectory: directory }).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toContain('damaged');
    expect(String(failure)).not.toContain('hidden-value');
    expect(await readFile(path, 'utf8')).toBe(damaged);
    await rm(path);
    await start();
  });
});

describe('who may call', () => {
  it.each([
    ['an unknown key', { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }, 'UnrecognizedClientException'],
    [
      'a wrong secret',
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
      'InvalidSignatureException',
    ],
  ])('refuses %s', async (_what, credentials, name) => {
    await create('first');
    const stranger = new SecretsManagerClient({ ...clientOptions(server), credentials, maxAttempts: 1 });
    const attempt = stranger.send(new GetSecretValueCommand({ SecretId: 'key' }));
    await expect(attempt).rejects.toMatchObject({ name });
    stranger.destroy();
  });

  it('refuses a request without a signature', async () => {
    const response = await fetch(server.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.ListSecrets' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});
