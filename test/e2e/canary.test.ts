import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantsOf } from '../../infra/function-grants.ts';
import { functionNames } from '../../infra/function-names.ts';
import type { FaultInput } from '../../local/exchange/faults/fault-schema.ts';
import { type InvokeEndpoint, startInvokeEndpoint } from '../../local/service/invoke-endpoint.ts';
import { apiRoutes } from '../../shared/configuration/api-routes.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { deriveKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { closeBreaker } from '../../shared/store/settings-store.ts';
import { keyToolIn } from '../support/key-tool.ts';
import { useLocalService } from '../support/local-service.ts';
import { movedInstrument } from '../support/moved-instrument.ts';
import { shortWaits } from '../support/short-waits.ts';

/** Keys that are known beforehand, so that every form of them can be looked for. */
const current = deriveKeyPair(Buffer.alloc(32, 'current canary').toString('base64'));
const pending = deriveKeyPair(Buffer.alloc(32, 'pending canary').toString('base64'));
/** What a caller sends and nobody else is to see again. */
const callersCanary = 'canary-of-a-caller-7f3a1c';
/** What the exchange sends back in words. */
const exchangesCanary = 'canary of the exchange, 9b2d4e!';

type Effect = FaultInput['effect'];

/** Every fault that the simulator has, and answers that repeat what they were asked, with every kind of status. */
const effects: readonly Effect[] = [
  ...[400, 401, 402, 403, 404, 409, 422, 429, 500].map((status) => ({
    kind: 'echo-headers' as const,
    status,
  })),
  ...[200, 201, 401, 422].flatMap((status): Effect[] => [
    { kind: 'status', status, json: { errors: { detail: exchangesCanary, message: exchangesCanary } } },
    {
      kind: 'status',
      status,
      json: { data: [{ [exchangesCanary]: exchangesCanary, status: exchangesCanary }] },
    },
  ]),
  { kind: 'status', status: 500, text: exchangesCanary },
  { kind: 'key-revoked' },
  { kind: 'rate-limited' },
  { kind: 'reset' },
  { kind: 'slow', seconds: 0.05 },
  { kind: 'truncated' },
  { kind: 'truncated', connection: 'broken' },
  { kind: 'html' },
  { kind: 'empty' },
  { kind: 'without-id' },
  { kind: 'other-client-id', clientOrderId: exchangesCanary },
  { kind: 'redirect', location: `/${encodeURIComponent(exchangesCanary)}` },
  { kind: 'not-found' },
  { kind: 'market-suspended' },
  { kind: 'late-acceptance', seconds: 0.05 },
  { kind: 'late-acceptance', seconds: 0.05, connection: '504' },
];

const underTest = useLocalService({
  modes: { transfer: 'off' },
  environment: { ...shortWaits, [environmentNames.instruments]: JSON.stringify([movedInstrument]) },
});
const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-canary-'));
/** Everything that was said to callers and to people at terminals. */
const said: string[] = [];
let endpoint: InvokeEndpoint;
let count = 0;

/** The keys come after the start, before any function has read one. */
beforeAll(async () => {
  const { stack, exchange } = underTest().service;
  await storeKey('AWSCURRENT', textOf(current));
  await storeKey('GRID_PENDING', textOf(pending));
  exchange.admin.addKey({ publicKey: current.publicKey });
  endpoint = await startInvokeEndpoint(stack);
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

function textOf({ privateKey, fingerprint }: KeyPair): string {
  return JSON.stringify({ privateKey, fingerprint });
}

async function storeKey(stage: string, SecretString: string): Promise<void> {
  const { stack } = underTest().service;
  const client = new SecretsManagerClient(stack.secretsManager);
  const [SecretId] = stack.secretArns.values();
  await client.send(new PutSecretValueCommand({ SecretId, SecretString, VersionStages: [stage] }));
  client.destroy();
}

/** Ends the functions that have read a key and keep it. */
async function forgetKey(): Promise<void> {
  const { stack } = underTest().service;
  const keyReaders = functionNames
    .filter((name) => grantsOf(name, { showsClientOrderIds: true }).signingKey !== 'none')
    .map((name) => name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  const isReader = (logicalId: string) => keyReaders.some((name) => logicalId.startsWith(name));
  const readers = stack.functions.filter(({ logicalId }) => isReader(logicalId));
  expect(readers).toHaveLength(keyReaders.length);
  await Promise.all(readers.map(({ name }) => stack.recycle(name)));
}

/** Uses the function that changes the key, by the tool. */
async function useKeyTool(...args: string[]): Promise<void> {
  const { stack } = underTest().service;
  const { stdout, stderr } = await keyToolIn(folder, stack.secretsManager, endpoint.endpoint)(...args);
  expect(stdout + stderr).not.toBe('');
  said.push(stdout, stderr);
}

const promoteKey = () =>
  underTest().service.stack.functions.find(({ logicalId }) => logicalId.startsWith('PromoteKey'))?.name ?? '';

/** Calls the API with canaries in body, query and headers, and keeps all of the answer. */
async function call(method: string, path: string, body?: object): Promise<void> {
  const { stack } = underTest().service;
  const [caller] = stack.callerCredentials;
  const aws = new AwsClient({
    accessKeyId: caller?.accessKeyId ?? '',
    secretAccessKey: caller?.secretAccessKey ?? '',
    region: stack.region,
    service: 'execute-api',
    retries: 0,
  });
  count += 1;
  const response = await aws.fetch(`${stack.apiUrl}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${callersCanary}-${count}`,
      'x-canary': callersCanary,
      'user-agent': callersCanary,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  said.push(
    `${method} ${path} ${response.status}`,
    JSON.stringify([...response.headers]),
    await response.text(),
  );
}

const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };
const marketOrder = { market: 'chat-prime', type: 'market', quantity: 1 };

/** A batch of an hour that begins so many hours from now. */
const batch = () => ({
  market: 'chat-prime',
  units: '2',
  neededFrom: new Date(Date.now() + 20 * 3_600_000).toISOString(),
  neededUntil: new Date(Date.now() + 21 * 3_600_000).toISOString(),
});

/** Everything that callers and the schedule can set off: first an order, before a check can open the breaker. */
async function useEverything(): Promise<void> {
  const { stack } = underTest().service;
  await call('POST', '/orders', order);
  await Promise.all([
    call('POST', '/orders', marketOrder),
    call('GET', '/orders?limit=1'),
    call('GET', '/balances'),
    call('GET', '/decisions?instrument=chat-prime'),
    call('GET', '/status'),
    call('POST', '/reservations', batch()),
    call('GET', '/reservations'),
    cancelNewestReservation(),
    call('POST', '/checks', { market: 'chat-prime' }),
    stack.fireSchedule(),
    cancelNewest(),
  ]);
}

/** What was found out about the exchange's misbehaviour stops all buying. Here it is to go on. */
async function goOn(): Promise<void> {
  const { stack, exchange } = underTest().service;
  exchange.admin.clearFaults();
  exchange.admin.setMarketStatus({ market: 'chat-prime', status: 'active' });
  exchange.admin.addKey({ publicKey: current.publicKey });
  const client = new DynamoDBClient(stack.dynamoDb);
  await closeBreaker({ client, tableName: [...stack.tableNames.values()][0] ?? '' });
  client.destroy();
}

/** How many orders have met this fault. */
function ordersThatMet(kind: string): number {
  const requests = underTest().service.exchange.admin.requests({ newest: 5000 });
  return requests.filter((one) => one.endpoint === 'POST /orders' && one.fault === kind).length;
}

async function cancelNewest(): Promise<void> {
  const { api } = underTest().service;
  const { body } = await api.get('/orders?limit=1');
  const id = /"id":"(g1a-[a-z2-7]{26})"/.exec(JSON.stringify(body))?.[1];
  if (id === undefined) return;
  await call('GET', `/orders/${id}`);
  await call('DELETE', `/orders/${id}`);
}

async function cancelNewestReservation(): Promise<void> {
  const { body } = await underTest().service.api.get('/reservations?limit=1');
  const id = /"id":"(g1r-[a-z2-7]{26})"/.exec(JSON.stringify(body))?.[1];
  if (id === undefined) return;
  await call('GET', `/reservations/${id}`);
  await call('DELETE', `/reservations/${id}`);
}

/** A key in every form that a log could have it in. */
function formsOf({ privateKey, publicKey }: KeyPair): readonly string[] {
  const seed = Buffer.from(privateKey, 'base64');
  const whole = Buffer.concat([seed, Buffer.from(publicKey, 'base64')]);
  const texts = [seed, whole].flatMap((bytes) => [
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('latin1'),
    [...bytes].join(','),
  ]);
  // Also a part of one.
  return [...texts, ...texts.map((text) => text.slice(0, 24))];
}

function everything(): string {
  const text = [...underTest().logLines, ...said].join('\n');
  expect(text.length).toBeGreaterThan(10_000);
  return text;
}

describe('nothing secret comes out', () => {
  it('while all goes well but one request: a cancellation, a transfer, a look at either', async () => {
    const { stack, exchange } = underTest().service;
    exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
    await call('POST', '/orders', order);
    for (const one of [
      'DELETE /orders/{id}',
      'GET /orders/{id}',
      'POST /transfers/trading-to-consumption',
      'GET /transfer-histories',
    ] as const) {
      exchange.admin.addFault({
        endpoint: one,
        when: { always: true },
        effect: { kind: 'echo-headers', status: 500 },
      });
    }
    await cancelNewest();
    await stack.fireSchedule();
    await stack.fireSchedule();
    await stack.fireSchedule();
    expect(said.some((text) => text.startsWith('DELETE /orders/g1a'))).toBe(true);
    await goOn();
  });

  it.each(effects)('while the exchange does %o', async (effect) => {
    const { exchange, stack } = underTest().service;
    const before = ordersThatMet(effect.kind);
    exchange.admin.addFault({ endpoint: 'POST /orders', effect });
    // A key that is revoked by another request first is refused before any fault.
    if (effect.kind !== 'key-revoked') {
      exchange.admin.addFault({ endpoint: '*', when: { always: true }, effect });
    }
    await useEverything();
    expect(ordersThatMet(effect.kind)).toBeGreaterThan(before);
    await goOn();
    await stack.fireSchedule();
    await goOn();
  });

  it('while an order is filled during its cancellation', async () => {
    const { exchange } = underTest().service;
    await call('POST', '/orders', order);
    exchange.admin.addFault({ endpoint: 'DELETE /orders/{id}', effect: { kind: 'fill-during-cancel' } });
    await cancelNewest();
    expect(said.at(-1)).toContain('FILLED');
    await goOn();
  });

  it('while an answer never comes, and while keys are changed meanwhile', async () => {
    const { stack, exchange } = underTest().service;
    exchange.admin.addFault({ endpoint: 'POST /orders', effect: { kind: 'hang' } });
    const unanswered = call('POST', '/orders', order);
    await vi.waitFor(() => expect(ordersThatMet('hang')).toBe(1), { timeout: 10_000 });
    const name = promoteKey();
    const [secret = ''] = stack.secretArns.values();
    for (const kind of ['echo-headers', 'key-revoked'] as const) {
      exchange.admin.addKey({ publicKey: pending.publicKey });
      exchange.admin.addFault({ endpoint: '*', effect: { kind } });
      for (const args of [
        ['show', '--function', name],
        ['promote', '--function', name],
        ['rollback', '--secret', secret, '--yes'],
        ['finish', '--function', name],
        ['new', '--secret', secret],
      ]) {
        await useKeyTool(...args);
      }
      exchange.admin.clearFaults();
    }
    await unanswered;
  });

  it('of an invocation by hand that is wrong', async () => {
    const { stack } = underTest().service;
    for (const { name } of stack.functions) {
      for (const payload of [
        callersCanary,
        { action: callersCanary },
        { scheduleArn: 1, scheduledTime: callersCanary },
      ]) {
        said.push(JSON.stringify(await stack.invoke(name, payload)));
      }
    }
    expect(said.join()).toContain('NotATickError');
  });

  it('of a stop', async () => {
    await call('POST', '/stop');
    await call('POST', '/orders', order);
    expect(said.at(-1)).toContain('stopped');
    await goOn();
  });

  it('of a request that is wrong', async () => {
    for (const body of [
      { ...order, market: callersCanary },
      { ...order, price: callersCanary },
      { ...order, quantity: callersCanary },
      [callersCanary],
    ]) {
      await call('POST', '/orders', body);
    }
    await call('GET', `/orders/${callersCanary}`);
    await call('GET', `/orders?cursor=${callersCanary}`);
    await call('DELETE', `/orders/${callersCanary}`);
    await call('POST', '/reservations', { market: 'chat-prime', units: callersCanary });
    expect(said.at(-1)).toContain('invalid-request');
  });
});

describe('nothing secret comes out while the secret holds', () => {
  // A failure is not remembered, so that every one of these is read.
  beforeAll(forgetKey);

  it.each([
    ['only half of a key', () => current.privateKey.slice(0, 22)],
    ['a key and more', () => `${current.privateKey} ${callersCanary}`],
    ['JSON that ends too early', () => `{"privateKey":"${current.privateKey}"`],
    ['a key under another name', () => JSON.stringify({ key: current.privateKey })],
    [
      'the fingerprint of another key',
      () => JSON.stringify({ privateKey: current.privateKey, fingerprint: pending.fingerprint }),
    ],
  ])('%s', async (_what, secret) => {
    await storeKey('AWSCURRENT', secret());
    const before = said.length;
    await useEverything();
    await useKeyTool('show', '--function', promoteKey());
    expect(said.slice(before).join()).toContain('signing-key-unavailable');
    await storeKey('AWSCURRENT', textOf(current));
    await goOn();
  });
});

describe('all of it was tried', () => {
  it('every route of the API', () => {
    const missing = apiRoutes.filter(
      ({ method, path }) =>
        !said.some((text) => new RegExp(`^${method} ${path.replace('{id}', '[a-z0-9-]+')}[? ]`).test(text)),
    );
    expect(missing).toEqual([]);
  });

  it('every request to the exchange that a function makes, refused and repeated in the answer', () => {
    const requests = underTest().service.exchange.admin.requests({ newest: 5_000 });
    const made = new Set(requests.map(({ endpoint: one }) => one));
    const met = new Set(
      requests.filter(({ fault }) => fault === 'echo-headers').map(({ endpoint: one }) => one),
    );
    expect([...met].toSorted()).toEqual([...made].toSorted());
    expect(made.size).toBeGreaterThan(10);
  });
});

describe('in no log line, no metric, no answer and no output of a tool is', () => {
  it.each([
    ['the current key', current],
    ['the pending key', pending],
  ])('%s, in any form', (_name, pair) => {
    const text = everything();
    for (const form of formsOf(pair)) expect(text).not.toContain(form);
    expect(text).not.toContain(pair.fingerprint);
  });

  it('a signature, or anything of its size', () => {
    // Where a list goes on is told in a text of our own.
    const text = everything().replaceAll(/"nextCursor":"[^"]+"/g, '');
    expect(text.match(/[A-Za-z0-9+/_-]{86}/g)).toBeNull();
    expect(everything()).not.toMatch(/x-thegrid-/i);
  });

  it('a body or a header that a caller has sent', () => {
    const own = said.filter((text) => !/^(GET|POST|DELETE) \//.test(text));
    expect([...underTest().logLines, ...own].filter((line) => line.includes(callersCanary))).toEqual([]);
    const body = JSON.stringify(order).slice(1, -1);
    expect(everything()).not.toContain(body);
    expect(everything()).not.toContain(body.replaceAll('"', '\\"'));
  });

  it('what the exchange has said in words', () => {
    expect(everything()).not.toContain(exchangesCanary);
    expect(everything()).not.toContain(encodeURIComponent(exchangesCanary));
  });
});
