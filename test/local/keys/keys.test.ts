import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommand, usage } from '../../../local/keys/command-line.ts';
import { deriveKeyPair, generateKeyPair, type KeyPair } from '../../../shared/signing/key-pair.ts';
import { type KeyTool, keyToolIn } from '../../support/key-tool.ts';
import type { ProgramResult } from '../../support/run-program.ts';
import { type KeySecret, useKeySecret } from '../../support/use-key-secret.ts';

const keySecret = useKeySecret();
let client: KeySecret['client'];
let folder: string;
let keys: KeyTool;
let secret: string;

beforeEach(() => {
  const { server } = keySecret();
  ({ client, arn: secret } = keySecret());
  folder = mkdtempSync(join(tmpdir(), 'grid-buyer-keys-'));
  keys = keyToolIn(folder, server);
});
afterEach(() => rmSync(folder, { recursive: true }));

const secretText = v.object({ privateKey: v.string(), fingerprint: v.string() });

/** The key under a label, as whoever may read the secret sees it. */
async function keyUnder(VersionStage: string): Promise<KeyPair> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secret, VersionStage }));
  const { privateKey, fingerprint } = v.parse(secretText, JSON.parse(answer.SecretString ?? ''));
  const pair = deriveKeyPair(privateKey);
  expect(fingerprint).toBe(pair.fingerprint);
  return pair;
}

async function labels(): Promise<string[]> {
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secret }));
  return Object.values(VersionIdsToStages)
    .map((stages) => stages.toSorted().join('+'))
    .toSorted();
}

/** The file whose path was printed. */
function publicFileOf({ stdout }: ProgramResult): string {
  const path = /Fingerprint: +in (\S+), readable/.exec(stdout)?.[1] ?? '';
  expect(statSync(path).mode & 0o777).toBe(0o600);
  return readFileSync(path, 'utf8');
}

function expectNothingSecret({ stdout, stderr }: ProgramResult, pair: KeyPair): void {
  for (const text of [pair.privateKey, pair.privateKey.slice(0, 12), pair.fingerprint]) {
    expect(stdout + stderr).not.toContain(text);
  }
}

describe('a new key', () => {
  it('is current in an empty secret; the terminal shows its public half, a file its fingerprint too', async () => {
    const result = await keys('new', '--secret', secret);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const pair = await keyUnder('AWSCURRENT');
    expect(result.stdout).toContain(`Public key:   ${pair.publicKey}`);
    expectNothingSecret(result, pair);
    const text = publicFileOf(result);
    expect(text).toContain(`Public key:   ${pair.publicKey}`);
    expect(text).toContain(`Fingerprint:  ${pair.fingerprint}`);
    expect(text).not.toContain(pair.privateKey);
    expect(await labels()).toEqual(['AWSCURRENT']);
  });

  it('is pending beside a current one, which stays', async () => {
    await keys('new', '--secret', secret);
    const current = await keyUnder('AWSCURRENT');
    const result = await keys('new', '--secret', secret);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('as GRID_PENDING');
    expect(result.stdout).toContain('npm run keys -- promote');
    expect(await keyUnder('AWSCURRENT')).toEqual(current);
    expectNothingSecret(result, await keyUnder('GRID_PENDING'));
    expect(await labels()).toEqual(['AWSCURRENT', 'GRID_PENDING']);
  });

  it('takes the place of a pending one only when told to', async () => {
    await keys('new', '--secret', secret);
    await keys('new', '--secret', secret);
    const pending = await keyUnder('GRID_PENDING');
    const refused = await keys('new', '--secret', secret);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('There is a pending key already');
    expect(await keyUnder('GRID_PENDING')).toEqual(pending);
    expect(readdirSync(folder)).toHaveLength(2);
    expect((await keys('new', '--secret', secret, '--replace')).exitCode).toBe(0);
    expect((await keyUnder('GRID_PENDING')).publicKey).not.toBe(pending.publicKey);
  });

  it('goes to a file that only its owner can read, and never over another', async () => {
    const result = await keys('new', '--file', 'signing-key.txt');
    expect(result.exitCode).toBe(0);
    const path = join(folder, 'signing-key.txt');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const before = readFileSync(path, 'utf8');
    const pair = deriveKeyPair(before);
    expectNothingSecret(result, pair);
    expect(publicFileOf(result)).toContain(pair.fingerprint);
    expect(await keys('new', '--file', 'signing-key.txt')).toMatchObject({
      exitCode: 1,
      stderr: 'signing-key.txt exists already and was left as it is. Choose another with --file.\n',
    });
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect((await keys('new', '--file', folder)).exitCode).toBe(1);
  });

  it('leaves nothing behind where the secret cannot be used', async () => {
    const { exitCode, stderr } = await keys('new', '--secret', 'no-such-secret');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('ResourceNotFoundException');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a key that was made elsewhere', () => {
  it('is stored like a new one', async () => {
    const pair = generateKeyPair();
    writeFileSync(join(folder, 'mine.txt'), `${pair.privateKey}\n`, { mode: 0o600 });
    const result = await keys('store', '--file', 'mine.txt', '--secret', secret);
    expect(result.exitCode).toBe(0);
    expectNothingSecret(result, pair);
    expect((await keyUnder('AWSCURRENT')).privateKey).toBe(pair.privateKey);
  });

  it('is refused, and not shown, if it is none', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'not-a-key-at-all!');
    const { exitCode, stderr } = await keys('store', '--file', 'mine.txt', '--secret', secret);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('The private key is not base64');
    expect(stderr).not.toContain('not-a-key');
    expect((await keys('store', '--file', 'absent', '--secret', secret)).stderr).toContain(
      'there is no such file',
    );
    expect(await labels()).toEqual([]);
  });
});

describe('rolling back', () => {
  it('is possible only where there is a way back', async () => {
    await keys('new', '--secret', secret);
    expect(await keys('rollback', '--secret', secret, '--yes')).toMatchObject({
      exitCode: 1,
      stderr: 'There is no previous key to go back to. Nothing was changed.\n',
    });
  });
});

describe('the command line', () => {
  it.each([
    [['old'], 'Say one of'],
    [[], 'Say one of'],
    [['new'], 'Choose one of --secret and --file.'],
    [['new', '--file', 'a', '--secret', 'b'], 'Choose one of --secret and --file.'],
    [['new', '--show'], '--show'],
    [['new', 'more', '--file', 'a'], '"more" is too much.'],
    [['store', '--secret', 'b'], '--file is needed.'],
    [['promote'], '--function is needed.'],
    [['rollback'], '--secret is needed.'],
  ])('%o is answered with what is wrong', (args, problem) => {
    expect(() => readCommand(args)).toThrow(problem);
    expect(() => readCommand(args)).toThrow(usage);
  });

  it('explains itself', async () => {
    expect((await keys('--help')).stdout).toContain('npm run keys -- rollback --secret ARN');
    expect((await keys('old')).exitCode).toBe(2);
  });
});
