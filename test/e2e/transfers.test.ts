import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/exchange/faults/fault-schema.ts';
import type { FunctionConnector } from '../../local/runner/function-connector.ts';
import { type LocalService, startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { transferCheckAnswer } from '../support/answers.ts';
import { type FaultyDynamoDb, startFaultyDynamoDb } from '../support/faulty-dynamodb.ts';
import { useLocalService } from '../support/local-service.ts';

/** Keeps five Units usable; what is bought stays in the trading account until it is needed. */
const instrument = {
  symbol: 'chat-prime',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  maximumPrice: '2.50',
  maximumQuantity: 100,
  topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
};
const environment = (moveFromTrading: boolean) => ({
  [environmentNames.instruments]: JSON.stringify([{ ...instrument, moveFromTrading }]),
});
const modes = { transfer: 'off' } as const;
const transferPost = 'POST /transfers/trading-to-consumption';

async function check({ stack }: LocalService, scheduledTime = new Date()) {
  const result = await stack.fireSchedule(undefined, scheduledTime);
  if (!result.ok) throw new Error(result.error.errorMessage);
  return v.parse(transferCheckAnswer, result.payload);
}

/** The simulator's own ledger, and how often it was asked. */
function ledger({ exchange }: LocalService) {
  const { bought, granted, held, inTrading, conserved } = exchange.admin.truth().units['chat-prime'] ?? {};
  const posts = exchange.admin
    .requests({ newest: 1_000 })
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/trading-to-consumption')).length;
  return { bought, granted, held, inTrading, conserved, posts };
}

describe('an exchange that leaves Units in the trading account', () => {
  const underTest = useLocalService({ modes, environment: environment(true) });
  let service: LocalService;
  let logged: number;
  beforeEach(() => {
    ({ service } = underTest());
    logged = underTest().logLines.length;
    service.exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  });
  const events = () =>
    underTest()
      .logLines.slice(logged)
      .map((line) => v.safeParse(v.looseObject({ message: v.string() }), JSON.parse(line)))
      .flatMap(({ success, output }) => (success ? [output.message] : []));

  it('buys, and the next check moves what is needed, once; a metric and GET /balances show the rest', async () => {
    expect(await check(service)).toMatchObject({ instruments: [{ result: 'bought' }], transfers: [] });
    expect(ledger(service)).toMatchObject({ bought: '10', held: '0', inTrading: '10' });
    const tick = new Date();
    expect(await check(service, tick)).toMatchObject({
      instruments: [{ result: 'enough' }],
      transfers: [{ instrument: 'chat-prime', state: 'DONE', quantity: 5 }],
    });
    await check(service, tick);
    await check(service);
    expect(ledger(service)).toEqual({
      bought: '10',
      granted: '0',
      held: '5',
      inTrading: '5',
      conserved: true,
      posts: 1,
    });
    expect((await service.api.get('/balances')).body).toMatchObject({
      consumption: [{ usable: '5' }],
      trading: [{ instrument: 'chat-prime', available: '5' }],
    });
    expect(events()).toEqual(expect.arrayContaining(['transfer-recorded', 'units-in-trading']));
    const metrics = underTest().logLines.map((line): unknown => JSON.parse(line));
    expect(metrics).toContainEqual(
      expect.objectContaining({ UnitsInTrading: expect.any(Number), instrument: 'chat-prime' }),
    );
    expect(metrics).toContainEqual(expect.objectContaining({ UnclearTransfers: 0 }));
  });
});

type Effect = FaultInput['effect'];

describe.each<[string, Effect]>([
  ['a connection reset', { kind: 'reset' }],
  ['a 502 with a page of HTML', { kind: 'html' }],
  ['an empty 200', { kind: 'empty' }],
  ['a 200 without an id', { kind: 'without-id' }],
  ['a refusal that is none', { kind: 'status', status: 422, json: { error: { code: 'INVALID_REQUEST' } } }],
])('a transfer that was carried out, answered with %s', (_name, effect) => {
  const underTest = useLocalService({ modes, environment: environment(true) });

  it('is found in the history by the next check, and nothing is moved a second time', async () => {
    const { service } = underTest();
    const { admin } = service.exchange;
    admin.grantUnits({ instrument: 'chat-prime', units: 20, account: 'trading' });
    admin.addFault({ endpoint: transferPost, stage: 'after', effect });
    const [sent] = (await check(service)).transfers;
    expect(sent).toMatchObject({ quantity: 5, state: expect.stringMatching(/UNKNOWN|REJECTED/) });
    expect(await check(service)).toMatchObject({ transfers: [{ id: sent?.id, state: 'DONE' }] });
    await check(service);
    expect(ledger(service)).toMatchObject({ held: '5', inTrading: '15', posts: 1, conserved: true });
  });
});

describe.each<[string, Effect, string]>([
  ['a connection reset', { kind: 'reset' }, 'UNKNOWN'],
  ['a 503', { kind: 'status', status: 503 }, 'UNKNOWN'],
  ['a 429', { kind: 'rate-limited', afterSeconds: 7 }, 'REJECTED'],
])('a transfer that was not carried out, answered with %s', (_name, effect, state) => {
  const underTest = useLocalService({ modes, environment: environment(true) });

  it('is not sent again, and counts as coming', async () => {
    const { service } = underTest();
    const { admin } = service.exchange;
    admin.grantUnits({ instrument: 'chat-prime', units: 20, account: 'trading' });
    admin.addFault({ endpoint: transferPost, stage: 'before', effect });
    expect(await check(service)).toMatchObject({ transfers: [{ state }] });
    for (let run = 0; run < 3; run += 1) {
      expect(await check(service)).toMatchObject({ transfers: [], instruments: [{ result: 'enough' }] });
    }
    expect(ledger(service)).toMatchObject({ bought: '0', held: '0', inTrading: '20', posts: 1 });
  });
});

describe('a stage that is not to move Units', () => {
  const underTest = useLocalService({ modes, environment: environment(false) });

  it('leaves them where they are, and buys nothing on top of them', async () => {
    const { service } = underTest();
    service.exchange.admin.grantUnits({ instrument: 'chat-prime', units: 20, account: 'trading' });
    for (let run = 0; run < 2; run += 1) {
      expect(await check(service)).toMatchObject({ transfers: [], instruments: [{ result: 'enough' }] });
    }
    expect(ledger(service)).toMatchObject({ bought: '0', held: '0', inTrading: '20', posts: 0 });
  });
});

describe('a process that ends between the claim and the send', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-transfers-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let way: FaultyDynamoDb | undefined;
  const connect: FunctionConnector = async ({ dynamoDb, secretsManager }) => {
    const between = await startFaultyDynamoDb(dynamoDb.endpoint);
    way = between;
    return {
      accessOf: () => ({
        credentials: dynamoDb.credentials,
        dynamoDbEndpoint: between.endpoint,
        secretsManagerEndpoint: secretsManager.endpoint,
      }),
      close: () => between.close(),
    };
  };
  const start = (options: { connect?: FunctionConnector } = {}) =>
    startLocalService({
      assemblyDirectory,
      engine: 'dynoxide',
      dataDirectory: folder,
      environment: environment(true),
      exchange: { sellers: false, modes, usd: '1000' },
      ...options,
    });

  it('has sent nothing, and nobody sends it later', async () => {
    const first = await start({ connect });
    first.exchange.admin.grantUnits({ instrument: 'chat-prime', units: 20, account: 'trading' });
    // The claim takes effect, and the process never hears of it.
    const claimed = way?.holdAnswersTo(/TRANSFER#g1t.*SUBMITTED/);
    const dying = first.stack.fireSchedule().catch(() => undefined);
    await claimed;
    await first.close();
    await dying;

    const second = await start();
    try {
      for (let run = 0; run < 3; run += 1) {
        expect(await check(second)).toMatchObject({ transfers: [], instruments: [{ result: 'enough' }] });
      }
      expect(ledger(second)).toMatchObject({ held: '0', inTrading: '20', posts: 0, conserved: true });
    } finally {
      await second.close();
    }
  });
});
