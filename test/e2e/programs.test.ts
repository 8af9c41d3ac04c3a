import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import { startSecretsManager } from '../../local/emulators/secrets-manager/start-secrets-manager.ts';
import { startLocalService } from '../../local/service/start-local-service.ts';
import { deriveKeyPair } from '../../shared/signing/key-pair.ts';
import { orderListAnswer } from '../support/answers.ts';
import { startProgram } from '../support/run-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grid-buyer-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The order that a run of the console says it has placed. */
function placedIn(text: string) {
  return {
    id: /Order (g1a-[a-z2-7]{26}):/.exec(text)?.[1] ?? '',
    exchangeOrderId: /accepted by the exchange as (order_\S+)/.exec(text)?.[1] ?? '',
  };
}

/** What `npm start` has synthesized. */
const shownAssembly = resolve(import.meta.dirname, '../../.local/cdk.out');

describe('npm start', () => {
  it('buys a Unit from end to end and ends well', async () => {
    const { exitCode, stdout, stderr } = await startProgram('local/console/start.ts', ['--exit']).result;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Order g1a-[a-z2-7]{26}: 1 x chat-prime at no more than 2\.50 USD/);
    expect(stdout).toMatch(/accepted by the exchange as order_/);
    expect(stdout).toMatch(/FILLED: 1 bought at 2\.\d\d/);
    expect(stdout).toMatch(/chat-prime: [\d.]+ Units/);
    expect(stdout).toContain('in extenddb');
    expect(exitCode).toBe(0);
  });

  it('keeps running, keeps its data, stops at SIGINT, and goes on with the data at the next start', async () => {
    const args = ['--engine', 'dynoxide', '--data', join(folder, 'data')];
    const running = startProgram('local/console/start.ts', args);
    const first = await running.until(/Ctrl-C stops/);
    running.child.kill('SIGINT');
    expect((await running.result).exitCode).toBe(0);
    const again = await startProgram('local/console/start.ts', [...args, '--exit']).result;
    expect(again.exitCode).toBe(0);
    const keyOf = (text: string) => /key +(\S{43})/.exec(text)?.[1];
    expect(keyOf(again.stdout)).toBe(keyOf(first));
    const orders = [placedIn(first), placedIn(again.stdout)];
    const service = await startLocalService({
      assemblyDirectory: shownAssembly,
      engine: 'dynoxide',
      dataDirectory: join(folder, 'data'),
    });
    try {
      const listed = v.parse(orderListAnswer, (await service.api.get('/orders')).body);
      const sent = service.exchange.admin.truth().orders.byClientId;
      // Top-ups of the schedule may have joined them.
      for (const { id, exchangeOrderId } of orders) {
        expect(listed.orders.find((order) => order.id === id)).toMatchObject({
          exchangeOrderId,
          state: 'FILLED',
        });
        expect(sent[id]).toEqual([exchangeOrderId]);
      }
    } finally {
      await service.close();
    }
  });

  it('says what is wrong with its command line', async () => {
    const { exitCode, stderr } = await startProgram('local/console/start.ts', [
      '--engine',
      'mysql',
      '--port',
      'x',
    ]).result;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--engine must be extenddb or dynoxide\n--port must be a number/);
  });
});

describe('npm run keys', () => {
  const keys = (...args: string[]) => startProgram('local/keys/main.ts', args, folder).result;

  it('writes the private key to a file that only its owner can read, and shows the public half', async () => {
    const { exitCode, stdout } = await keys('new');
    expect(exitCode).toBe(0);
    const path = join(folder, 'signing-key.txt');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const privateKey = readFileSync(path, 'utf8').trim();
    const pair = deriveKeyPair(privateKey);
    expect(stdout).toContain(`Public key:   ${pair.publicKey}`);
    expect(stdout).toContain(`Fingerprint:  ${pair.fingerprint}`);
    expect(stdout).not.toContain(privateKey);
  });

  it('never overwrites a key', async () => {
    await keys('new');
    const before = readFileSync(join(folder, 'signing-key.txt'), 'utf8');
    const { exitCode, stderr } = await keys('new');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('exists already');
    expect(readFileSync(join(folder, 'signing-key.txt'), 'utf8')).toBe(before);
  });

  it('shows the private key only when asked to', async () => {
    const { stdout } = await keys('new', '--show');
    const privateKey = /Private key: +(\S+)/.exec(stdout)?.[1] ?? '';
    expect(stdout).toContain(deriveKeyPair(privateKey).fingerprint);
  });

  it('puts the private key straight into a secret, once', async () => {
    const server = await startSecretsManager();
    const client = new SecretsManagerClient(clientOptions(server));
    const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'signing-key' }));
    const env = {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL_SECRETS_MANAGER: server.endpoint,
      AWS_REGION: server.region,
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    };
    const store = () => startProgram('local/keys/main.ts', ['new', '--secret', ARN], folder, env).result;
    const { exitCode, stdout } = await store();
    expect(exitCode).toBe(0);
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
    const { privateKey, fingerprint } = v.parse(
      v.object({ privateKey: v.string(), fingerprint: v.string() }),
      JSON.parse(SecretString),
    );
    expect(deriveKeyPair(privateKey).fingerprint).toBe(fingerprint);
    expect(stdout).toContain(`Fingerprint:  ${fingerprint}`);
    expect(stdout).not.toContain(privateKey);
    expect(await store()).toMatchObject({
      exitCode: 1,
      stderr: 'The secret holds a key already and was left as it is.\n',
    });
    client.destroy();
    await server.close();
  });

  it('refuses what it does not understand', async () => {
    expect(await keys('old')).toMatchObject({ exitCode: 2 });
    expect(await keys('new', '--file', 'a', '--show')).toMatchObject({
      exitCode: 2,
      stderr: 'Choose one of --file, --secret and --show.\n',
    });
    expect((await keys('new', '--file', folder)).exitCode).toBe(1);
  });
});
