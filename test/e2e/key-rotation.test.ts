import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type InvokeEndpoint, startInvokeEndpoint } from '../../local/service/invoke-endpoint.ts';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { orderAnswer } from '../support/answers.ts';
import { type KeyTool, keyToolIn } from '../support/key-tool.ts';
import type { ProgramResult } from '../support/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-rotation-'));
const logLines: string[] = [];
const toolResults: ProgramResult[] = [];
let service: LocalService;
let endpoint: InvokeEndpoint;
let keys: KeyTool;
let count = 0;

/** A start anew: functions begin without anything in memory, as after their cache has run out. */
async function start(): Promise<void> {
  service = await startLocalService({
    assemblyDirectory,
    engine: 'dynoxide',
    dataDirectory: join(folder, 'data'),
    exchange: { sellers: false, usd: '100000' },
    onLog: (_function, line) => logLines.push(line),
  });
  endpoint = await startInvokeEndpoint(service.stack);
  const run = keyToolIn(folder, service.stack.secretsManager, endpoint.endpoint);
  keys = async (...args) => {
    const result = await run(...args);
    toolResults.push(result);
    return result;
  };
}

async function stop(): Promise<void> {
  await endpoint.close();
  await service.close();
}

beforeAll(start);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const secretArn = () => [...service.stack.secretArns.values()][0] ?? '';
const functionName = () =>
  service.stack.functions.find(({ logicalId }) => logicalId.startsWith('PromoteKey'))?.name ?? '';

/** Places an order; tells in which state it ended, and the fingerprint of the key that signed it. */
async function buy(): Promise<{ state: string; signedBy: string | null }> {
  count += 1;
  const body = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };
  const answer = await service.api.placeOrder(`rotation-order-${count}`, body);
  // A refusal holds the order beside what is wrong.
  const { order } = v.parse(v.looseObject({ order: v.optional(orderAnswer) }), answer.body);
  const { state } = order ?? v.parse(orderAnswer, answer.body);
  const post = service.exchange.admin.requests().find(({ endpoint: of }) => of === 'POST /orders');
  return { state, signedBy: post?.fingerprint ?? null };
}

/** Registers a key at the exchange as a person does: with what the tool has shown. */
function register({ stdout }: ProgramResult): string {
  const publicKey = /Public key: +(\S+)/.exec(stdout)?.[1] ?? '';
  return service.exchange.admin.addKey({ publicKey }).fingerprint;
}

it('a key is changed while buying goes on, changed back, and the old one given up', async () => {
  const [{ fingerprint: old } = { fingerprint: '' }] = service.exchange.admin.keys();
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: old });

  const made = await keys('new', '--secret', secretArn());
  expect(made.exitCode).toBe(0);
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: old });

  const early = await keys('promote', '--function', functionName());
  expect(early).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('key-not-registered') });
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: old });

  const young = register(made);
  const shown = await keys('show', '--function', functionName());
  expect(shown.stdout).toMatch(
    /current +\S{44} +the exchange accepts it[\s\S]*pending +\S{44} +the exchange accepts it/,
  );
  expect(readFileSync(join(folder, 'signing-keys.public.txt'), 'utf8')).toContain(young);

  const promoted = await keys('promote', '--function', functionName());
  expect(promoted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('promoted: ') });
  const again = await keys('promote', '--function', functionName());
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('already-current') });
  expect((await buy()).state).toBe('OPEN');

  await stop();
  await start();
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: young });

  const unasked = await keys('rollback', '--secret', secretArn());
  expect(unasked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('say --yes') });
  const back = await keys('rollback', '--secret', secretArn(), '--yes');
  expect(back.stdout).toMatch(/^AWSCURRENT went from version \S{36} back to version \S{36}\./);
  await stop();
  await start();
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: old });
  expect((await keys('promote', '--function', functionName())).exitCode).toBe(0);

  const tooEarly = await keys('finish', '--function', functionName());
  expect(tooEarly).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('old-key-still-accepted') });
  service.exchange.admin.revokeKey({ fingerprint: old });
  const finished = await keys('finish', '--function', functionName());
  expect(finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('finished: ') });

  // A function that still had the old key in memory lets go of it when it is refused.
  expect(await buy()).toEqual({ state: 'REJECTED', signedBy: null });
  expect(await buy()).toEqual({ state: 'OPEN', signedBy: young });
  expect((await service.stack.fireSchedule()).ok).toBe(true);
  expect(logLines.some((line) => /"SecretAgeDays":0(\.0\d*)?[,}]/.test(line))).toBe(true);
});

it('neither a fingerprint nor a private key was in a log line or on the terminal', () => {
  const text = [...logLines, ...toolResults.flatMap(({ stdout, stderr }) => [stdout, stderr])].join('\n');
  const secrets = readFileSync(join(folder, 'data', 'secrets.json'), 'utf8');
  const privateKeys = [...secrets.matchAll(/privateKey\\":\\"([^\\]+)/g)].map(([, key = '']) => key);
  expect(privateKeys).toHaveLength(2);
  expect(logLines.length).toBeGreaterThan(10);
  const fingerprints = service.exchange.admin.keys().map(({ fingerprint }) => fingerprint);
  for (const hidden of [...privateKeys, ...fingerprints]) expect(text).not.toContain(hidden);
});
