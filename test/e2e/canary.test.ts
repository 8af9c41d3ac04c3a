import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/exchange/faults/fault-schema.ts';
import { type InvokeEndpoint, startInvokeEndpoint } from '../../local/service/invoke-endpoint.ts';
import { deriveKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { closeBreaker } from '../../shared/store/control-store.ts';
import { keyToolIn } from '../support/key-tool.ts';
import { useLocalService } from '../support/local-service.ts';

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

const underTest = useLocalService();
const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-canary-'));
/** Everything that was said to callers and to people at terminals. */
const said: string[] = [];
let endpoint: InvokeEndpoint;
let count = 0;

/** The keys come after the start, before any function has read one. */
beforeAll(async () => {
  const { stack, exchange } = underTest().service;
  const client = new SecretsManagerClient(stack.secretsManager);
  const [SecretId] = stack.secretArns.values();
  for (const [stage, pair] of [
    ['AWSCURRENT', current],
    ['GRID_PENDING', pending],
  ] as const) {
    const { privateKey, fingerprint } = pair;
    const SecretString = JSON.stringify({ privateKey, fingerprint });
    await client.send(new PutSecretValueCommand({ SecretId, SecretString, VersionStages: [stage] }));
  }
  client.destroy();
  exchange.admin.addKey({ publicKey: current.publicKey });
  endpoint = await startInvokeEndpoint(stack);
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

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

/** Everything that callers and the schedule can set off. */
async function useEverything(): Promise<void> {
  const { stack } = underTest().service;
  await Promise.all([
    call('POST', '/orders', order),
    call('GET', '/orders?limit=1'),
    call('GET', '/balances'),
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
  if (id !== undefined) await call('DELETE', `/orders/${id}`);
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
  it.each(effects)('while the exchange does %o', async (effect) => {
    const { exchange, stack } = underTest().service;
    const before = ordersThatMet(effect.kind);
    exchange.admin.addFault({ endpoint: 'POST /orders', effect });
    // A key that is revoked by another request first is refused before any fault.
    if (effect.kind !== 'key-revoked') {
      exchange.admin.addFault({ endpoint: '*', when: { always: true }, effect });
    }
    await useEverything();
    await goOn();
    await stack.fireSchedule();
    await goOn();
    expect(ordersThatMet(effect.kind)).toBeGreaterThan(before);
  });

  it('while an order is filled during its cancellation, and while an answer never comes', async () => {
    const { exchange } = underTest().service;
    await call('POST', '/orders', order);
    exchange.admin.addFault({ endpoint: 'DELETE /orders/{id}', effect: { kind: 'fill-during-cancel' } });
    await cancelNewest();
    await goOn();
    exchange.admin.addFault({ endpoint: 'POST /orders', effect: { kind: 'hang' } });
    await call('POST', '/orders', order);
    expect(ordersThatMet('hang')).toBe(1);
  });

  it.each(['echo-headers', 'key-revoked'] as const)('while keys are changed: %s', async (kind) => {
    const { stack, exchange } = underTest().service;
    const keys = keyToolIn(folder, stack.secretsManager, endpoint.endpoint);
    const name = stack.functions.find(({ logicalId }) => logicalId.startsWith('PromoteKey'))?.name ?? '';
    const [secret = ''] = stack.secretArns.values();
    exchange.admin.addKey({ publicKey: pending.publicKey });
    exchange.admin.addFault({ endpoint: '*', effect: { kind } });
    for (const args of [
      ['show', '--function', name],
      ['promote', '--function', name],
      ['rollback', '--secret', secret, '--yes'],
      ['finish', '--function', name],
      ['new', '--secret', secret],
    ]) {
      const { stdout, stderr } = await keys(...args);
      expect(stdout + stderr).not.toBe('');
      said.push(stdout, stderr);
    }
    exchange.admin.clearFaults();
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
    expect(everything()).not.toMatch(/[A-Za-z0-9+/_-]{86}/);
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
