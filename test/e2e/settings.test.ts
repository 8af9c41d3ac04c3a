import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { runControl } from '../support/control-tool.ts';
import { useLocalService } from '../support/local-service.ts';
import { spoilSettings } from '../support/spoil-settings.ts';

const instrument = {
  symbol: 'chat-prime',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  maximumPrice: '2.50',
  maximumQuantity: 100,
  topUp: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
};
const underTest = useLocalService({
  environment: { [environmentNames.instruments]: JSON.stringify([instrument]) },
});
const order = { market: 'chat-prime', type: 'limit', quantity: 4, price: '2.50' };

let keys = 0;
const place = async (changes: object = {}) => {
  keys += 1;
  const { status, body } = await underTest().service.api.placeOrder(`key-of-settings-${keys}`, {
    ...order,
    ...changes,
  });
  return { status, body };
};

const control = (...args: readonly string[]) => runControl(underTest().service.stack, ...args);
const change = (...args: readonly string[]) => control(...args, '--reason', 'a test', '--by', 'tester');

const check = () => underTest().service.stack.fireSchedule();

/** All values of a metric that the functions have emitted so far. */
const metrics = (name: string): unknown[] =>
  underTest()
    .logLines.map((line) => v.parse(v.looseObject({}), JSON.parse(line)))
    .filter((line) => '_aws' in line && name in line)
    .map((line) => line[name]);

beforeAll(async () => {
  expect((await change('set', 'spendingLimits.perDay', '100.00')).stderr).toContain('next balance check');
  underTest().service.exchange.admin.setBook({
    market: 'chat-prime',
    asks: [{ price: '2.00', quantity: 500 }],
  });
  // It notes what is deployed, and tops up.
  await check();
});

beforeEach(async () => {
  await change('restore', '1', '--yes');
});

describe('a cap that is lowered', () => {
  it('holds from the next order on, without a deployment', async () => {
    expect(await place()).toMatchObject({ status: 201 });
    expect(await change('set', 'spendingLimits.perOrder', '5.00')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('spendingLimits.perOrder: 50.00 (stage) -> 5.00'),
    });
    expect(await place()).toMatchObject({ status: 402, body: { code: 'over-budget' } });
    expect(await place({ quantity: 1 })).toMatchObject({ status: 201 });
  });

  it('is not above what the stage allows, and every problem is told at once', async () => {
    const { exitCode, stderr } = await change(
      'set',
      'spendingLimits.perDay',
      '1000000',
      'spendingLimits.perWeek',
      '1',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('spendingLimits.perWeek: is not a setting');
    const second = await change(
      'set',
      'spendingLimits.perDay',
      '1000000',
      'instruments.chat-max.paused',
      'true',
    );
    expect(second.stderr).toContain(
      "spendingLimits.perDay: is above what the stage's file allows, 200.00; settings only make it less",
    );
    expect(second.stderr).toContain('instruments.chat-max: is no instrument of the stage');
  });
});

describe('an instrument', () => {
  it('has its highest price lowered: for callers, market orders and reservations', async () => {
    const { api } = underTest().service;
    await change('set', 'instruments.chat-prime.maximumPrice', '1.50');
    expect(await place()).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'price', message: expect.stringContaining('in force') }] },
    });
    expect(await place({ price: '1.50' })).toMatchObject({ status: 201 });
    expect(await place({ type: 'market', price: undefined })).toMatchObject({
      status: 409,
      body: { code: 'no-liquidity' },
    });
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
    const reserved = await api.makeReservation('a-reservation-under-settings', {
      market: 'chat-prime',
      units: '10',
      neededFrom: hours(2),
      neededUntil: hours(4),
    });
    expect(reserved).toMatchObject({ status: 201, body: { estimatedCost: '15.15' } });
  });

  it('is shown to callers as it is in force', async () => {
    await change('set', 'instruments.chat-prime.maximumPrice', '1.50', 'spendingLimits.perOrder', '5.00');
    const { body } = await underTest().service.api.get('/status');
    expect(body).toMatchObject({
      mode: 'LIVE',
      settingsReason: 'a test',
      limits: { perOrder: '5.00', perDay: '200.00' },
      instruments: [{ symbol: 'chat-prime', maximumPrice: '1.50', paused: false, policy: 'threshold' }],
    });
  });

  it('is paused, and another time bought again; what was recorded before is still answered', async () => {
    const { api } = underTest().service;
    expect(await place()).toMatchObject({ status: 201 });
    const before = `key-of-settings-${keys}`;
    await change('set', 'instruments.chat-prime.paused', 'true');
    expect(await place()).toMatchObject({
      status: 423,
      body: { code: 'stopped', detail: expect.stringContaining('instrument is paused') },
    });
    expect(await api.placeOrder(before, order)).toMatchObject({ status: 200 });
    expect(await change('unset', 'instruments.chat-prime.paused')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await change('unset', 'instruments.chat-prime.paused', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await place()).toMatchObject({ status: 201 });
  });

  it('is topped up by another rule from the next check on', async () => {
    expect(await check()).toMatchObject({ payload: { instruments: [{ result: 'enough' }] } });
    await change('set', 'instruments.chat-prime.topUp.minimumUnits', '200');
    expect(await check()).toMatchObject({ payload: { instruments: [{ result: 'bought', reason: 'OPEN' }] } });
    const topUp = 'instruments.chat-prime.topUp';
    await change('unset', topUp, '--yes');
    await change('set', `${topUp}.policy`, 'adaptive', `${topUp}.preset`, 'thrifty', '--yes');
    await check();
    const { body } = await underTest().service.api.get('/decisions?instrument=chat-prime&limit=1');
    expect(body).toMatchObject({ decisions: [{ policy: 'adaptive' }] });
  });
});

describe('settings that cannot be understood', () => {
  it('stop everything, are told, and are mended from the history', async () => {
    const { api, exchange } = underTest().service;
    await change('set', 'instruments.chat-prime.topUp.minimumUnits', '500');
    await spoilSettings(
      underTest().service.stack,
      'instruments',
      '{"chat-prime":{"topUp":{"policy":"everything"}}}',
    );
    const sent = exchange.admin.truth().calls.orderPosts;

    expect(await place()).toMatchObject({
      status: 423,
      body: { code: 'stopped', detail: expect.stringContaining('cannot be understood') },
    });
    expect((await api.get('/status')).body).toMatchObject({
      mode: 'SETTINGS_UNUSABLE',
      stoppedBy: 'SETTINGS_UNUSABLE',
    });
    expect(await check()).toMatchObject({
      payload: { instruments: [{ result: 'failed', reason: 'settings-unusable' }] },
    });
    expect((await api.makeReservation('while-unusable-0001', {})).status).toBe(423);
    expect(exchange.admin.truth().calls.orderPosts).toBe(sent);
    expect(metrics('SettingsUnusable').at(-1)).toBe(1);
    expect(metrics('SettingsUnusable').slice(0, -1)).not.toContain(1);

    expect((await control('show')).stdout).toContain(
      'CANNOT BE UNDERSTOOD, so nothing is bought: instruments.chat-prime.topUp.policy: must name a policy',
    );
    expect(await change('set', 'spendingLimits.perDay', '1.00')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('restore'),
    });
    expect(await change('restore', '1', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await place()).toMatchObject({ status: 201 });
    await check();
    expect(metrics('SettingsUnusable').at(-1)).toBe(0);
  });
});

describe('the history', () => {
  it('has every version, newest first, with who, why and what', async () => {
    await change('set', 'spendingLimits.ordersPerHour', '7');
    const { stdout } = await control('history', '--limit', '2');
    const [head = '', line = '', next = ''] = stdout.split('\n');
    expect(head).toMatch(/^LIVE \(version \d+, \d{4}-.*Z, by tester: a test\)$/);
    expect(line).toBe('  spendingLimits.ordersPerHour: not set -> 7');
    const versionOf = (text: string) => Number(/version (\d+)/.exec(text)?.[1]);
    expect(versionOf(next)).toBe(versionOf(head) - 1);
  });
});
