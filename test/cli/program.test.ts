import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { announce } from '../../local/service/announcement.ts';
import { ensureSigningKey } from '../../local/service/signing-key.ts';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { useLocalService } from '../support/local-service.ts';
import { spoilSettings } from '../support/spoil-settings.ts';
import { jsonOf, startGridBuyer } from './support/program.ts';

const underTest = useLocalService();
const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-cli-'));
const announcement = join(folder, 'running.json');
let conceal: () => Promise<void>;

beforeAll(async () => {
  const { service } = underTest();
  conceal = await announce(service, announcement);
  // Enough for the checks to leave the buying to the tests.
  service.exchange.admin.grantUnits({ instrument: 'chat-prime', units: 50, account: 'consumption' });
  // A check notes what is deployed, which settings stay within.
  await service.stack.fireSchedule();
});
afterAll(async () => {
  await conceal();
  rmSync(folder, { recursive: true });
});
beforeEach(() => offer('2.00'));

const start = (...args: string[]) =>
  startGridBuyer(args, { cwd: folder, env: { GRID_BUYER_LOCAL: announcement } });
const run = (...args: string[]) => start(...args).result;
const exchange = () => underTest().service.exchange.admin;
const posts = () => exchange().truth().calls.orderPosts;

function offer(...prices: string[]): void {
  exchange().setBook({ market: 'chat-prime', asks: prices.map((price) => ({ price, quantity: 1 })) });
}

const bought = v.object({
  idempotencyKey: v.string(),
  replayed: v.boolean(),
  order: v.looseObject({ id: v.string(), state: v.string(), spent: v.string(), exchangeOrderId: v.string() }),
});
/** Buys without waiting; the next check records what was filled. */
const buy = async (...args: string[]) =>
  v.parse(bought, jsonOf(await run('buy', 'chat-prime', ...args, '--yes', '--json', '--wait', '0')));
const stateOf = async ({ order }: v.InferOutput<typeof bought>) => {
  await underTest().service.stack.fireSchedule();
  return jsonOf(await run('order', order.id, '--json'));
};

describe('buying', () => {
  it('buys, waits until the Units are there, and says what they cost', async () => {
    const before = posts();
    const { exitCode, stdout, stderr } = await run('buy', 'chat-prime', '1', '--price', '2.50', '--yes');
    expect(stdout).toMatch(
      /^✓ Bought 1 Unit of chat-prime at 2\.00 USD, 2\.00 USD in all\.\n {2}Ready for use: [\d.]+ Units? of chat-prime\.\n {2}order g1a-[a-z2-7]{26}\n$/,
    );
    expect(stderr).toMatch(/^Key cli-[0-9a-f-]{36}: repeated with --key it buys nothing twice\.\n$/);
    expect(exitCode).toBe(0);
    expect(posts()).toBe(before + 1);
  });

  it('sends nothing again for the same key, and nothing at all in a rehearsal', async () => {
    const first = await buy('1', '--price', '2.50');
    const before = posts();
    const again = await buy('1', '--price', '2.50', '--key', first.idempotencyKey);
    expect(again).toMatchObject({ replayed: true, order: { id: first.order.id } });

    const rehearsal = await run('buy', 'chat-prime', '3', '--price', '2.10', '--dry-run');
    // Three Units at 2.10 USD and a hundredth for fees.
    expect(rehearsal.stdout).toContain('Costs at most   6.363 USD');
    expect(rehearsal.stdout).toContain('{"market":"chat-prime","type":"limit","quantity":3,"price":"2.10"}');
    expect(rehearsal).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('It would be sent.') });
    expect(posts()).toBe(before);
  });

  it('buys at the market from the book', async () => {
    offer('2.02', '2.04');
    expect(await stateOf(await buy('2', '--at-market'))).toMatchObject({ state: 'FILLED', spent: '4.06' });
  });

  it('rests in the book below it, is listed so, and is cancelled', async () => {
    const { order } = await buy('2', '--price', '1.00');
    expect(order.state).toBe('OPEN');
    const listed = await run('orders', '--state', 'OPEN');
    expect(listed.stdout).toMatch(/^ORDER +STATE +INSTRUMENT +UNITS +LIMIT +PAID +USD +BY +MADE \(CET\)\n/);
    expect(listed.stdout).toContain(order.id);
    const cancelled = await run('cancel', order.id);
    expect(cancelled).toMatchObject({
      exitCode: 0,
      stdout: `${order.id} is over: CANCELLED. Nothing was bought.\n`,
    });
    const [, history = ''] = (await run('order', order.id)).stdout.split(/WHEN \(CET\).*\n/);
    expect(
      history
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/).slice(1, 3)),
    ).toEqual([
      ['-', 'PENDING'],
      ['PENDING', 'SUBMITTED'],
      ['SUBMITTED', 'OPEN'],
      ['OPEN', 'OPEN'],
      ['OPEN', 'CANCELLED'],
    ]);
    const filled = await buy('1', '--price', '2.50');
    await stateOf(filled);
    expect(await run('cancel', filled.order.id)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('error: The order is over and cannot be cancelled.'),
    });
  });

  it('does not spend without a yes, where nobody can be asked', async () => {
    const before = posts();
    const { exitCode, stderr, stdout } = await run('buy', 'chat-prime', '1', '--price', '2.50');
    expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
    expect(stderr).toContain(
      'Buy 1 Unit of chat-prime for at most 2.525 USD, on the local stack (stage threshold)?',
    );
    expect(posts()).toBe(before);
  });

  it('says that it is not known what became of an order, with the key to repeat it with', async () => {
    exchange().addFault({ endpoint: 'POST /orders', stage: 'after', effect: { kind: 'reset' } });
    const { exitCode, stdout } = await run(
      'buy',
      'chat-prime',
      '1',
      '--price',
      '1.01',
      '--yes',
      '--wait',
      '0',
    );
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(/^\? Sent, and it is not known yet what became of it: UNKNOWN/);
    expect(stdout).toMatch(/repeat it safely with --key cli-[0-9a-f-]{36}\n$/);
  });

  it('follows what becomes of orders until it is interrupted', async () => {
    const following = start('orders', '--follow', '--json', '--limit', '5');
    await following.until(/\n/);
    const { order } = await buy('1', '--price', '2.50');
    const seen = await following.until(new RegExp(`"id":"${order.id}"`));
    following.child.kill('SIGINT');
    expect((await following.result).exitCode).toBe(0);
    for (const line of seen.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('state');
  });
});

describe.concurrent('what was typed wrongly', () => {
  it.each([
    [['buy', 'chat-prim', '1', '--price', '2.00', '--yes'], 3, 'There is no instrument "chat-prim" here.'],
    [
      ['buy', 'chat-prime', '1', '--price', '2,50', '--yes'],
      2,
      '--price must be USD with a point, such as 2.50, not "2,50"',
    ],
    [
      ['buy', 'chat-prime', '0', '--price', '2.50', '--yes'],
      2,
      'UNITS must be whole Units from 1 to 10000, not "0"',
    ],
    [
      ['buy', 'chat-prime', '1.5', '--price', '2.50', '--yes'],
      2,
      'UNITS must be whole Units from 1 to 10000, not "1.5"',
    ],
    [['buy', 'chat-prime', '101', '--price', '2.501', '--yes'], 2, 'UNITS must be at most 100 in one order'],
    [['buy', 'chat-prime', '1', '--price', '2.505', '--yes'], 2, '--price must be a multiple of 0.01 USD'],
    [['buy', 'chat-prime', '1', '--yes'], 2, '--price or --at-market is needed, and not both'],
    [
      ['buy', 'chat-prime', '1', '--at-market', '--price', '2.50', '--yes'],
      2,
      '--price or --at-market is needed',
    ],
    [
      ['buy', 'chat-prime', '1', '--price', '2.50', '--key', 'short', '--yes'],
      2,
      '--key must have 16 to 255',
    ],
    [['buy', 'chat-prime', '1', '--price', '2.50', '--prise', '2'], 2, "Unknown option '--prise'."],
    [['by', 'chat-prime'], 2, "Unknown command 'by'."],
    [['order', 'g1a-aaaaaaaaaaaaaaaaaaaaaaaaaa'], 3, 'There is no order with this id.'],
    [['cancel', '../../stop'], 2, 'ID must be the id of an order'],
    [['orders', '--state', 'DONE'], 2, "Option '--state <state>' argument 'DONE' is invalid."],
    [['resume', '--yes'], 2, "Required option '--reason <text>' not specified."],
    [
      ['settings', 'set', 'spendingLimits.perDay', '--reason', 'x', '--yes'],
      2,
      'SETTINGS must be paths, each with its value: PATH VALUE',
    ],
    [
      ['settings', 'set', 'spendingLimits.perDay', '50,0', '--reason', 'x', '--yes'],
      2,
      'spendingLimits.perDay: must be a decimal string in USD',
    ],
    [['settings', 'set', 'mode', 'fast', '--reason', 'x', '--yes'], 2, 'mode: must be one of LIVE'],
    [['settings', 'set', 'mode', 'paused', '--yes'], 2, "Required option '--reason <text>' not specified."],
    [
      ['settings', 'unset', 'spendingLimits.perDay', 'spendingLimits.perWeek', '--reason', 'x', '--yes'],
      2,
      '  - spendingLimits.perDay: is not set\n  - spendingLimits.perWeek: is not set',
    ],
    [['settings', 'restore', '999', '--reason', 'x', '--yes'], 2, 'version 999: is not in the history'],
    [['settings', 'restore', 'last', '--reason', 'x', '--yes'], 2, 'VERSION must be a whole number'],
    [['settings', 'history', '--limit', '0'], 2, '--limit must be a whole number from 1 to 1000'],
    [['keys', 'store', '--file', tmpdir()], 2, 'cannot be read: it is a folder and no file.'],
    [['keys', 'store', '--file', 'none.txt'], 2, 'none.txt cannot be read: there is no such file.'],
    [['export', '--from', '2026-02-30', '--to', '2026-03-01'], 2, '--from must be a day such as 2026-11-01'],
    [['status', '--local', '--stage', 'production'], 2, '--local and --stage exclude each other.'],
  ])('%j ends with %i and one message, and changes nothing', async (args, code, message) => {
    const before = posts();
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(posts()).toBe(before);
  });

  it('says all of it at once', async () => {
    const { stderr } = await run('buy', 'chat-prime', '0', '--price', '2,50', '--wait', 'long');
    expect(
      stderr
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[3]),
    ).toEqual(['UNITS', '--price', '--wait']);
  });

  it('is an object for programs', async () => {
    const result = await run('order', 'g1a-aaaaaaaaaaaaaaaaaaaaaaaaaa', '--json');
    expect(result.stdout).toBe('');
    expect(jsonOf(result, 'stderr')).toEqual({
      error: {
        kind: 'not-found',
        code: 'unknown-order',
        message: 'There is no order with this id.',
        todo: expect.stringContaining('grid-buyer orders'),
        problems: [],
      },
    });
  });
});

describe('looking', () => {
  it('shows the stage on one screen', async () => {
    await underTest().service.stack.fireSchedule();
    const { stdout, exitCode } = await run('status');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^The local stack \(stage threshold\) +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d CET\n/);
    for (const part of [
      /Buying +● on: the mode is LIVE \(a local stack spends no money\)/,
      /Checked +\d+ s ago, at \d\d:\d\d:\d\d CET/,
      /USD +[\d,]+\.\d\d available/,
      /\nchat-prime +[\d.]+ .* threshold\n/,
      /\ntoday \(UTC\) +[\d.]+ USD +[\d.]+ USD +200\.00 USD/,
      /\norders this hour +\d+ +60/,
    ]) {
      expect(stdout).toMatch(part);
    }
    // No colour where a program reads along.
    expect(stdout).not.toContain('\u001b');
  });

  it('gives programs what the API says', async () => {
    const { body } = await underTest().service.api.get('/status');
    const { time: _time, ...status } = v.parse(v.looseObject({ time: v.string() }), body);
    expect(jsonOf(await run('status', '--json'))).toMatchObject({ ...status, alarms: null });
  });

  it('goes on looking until it is interrupted', async () => {
    const watching = start('watch', '--interval', '1', '--json');
    const seen = await watching.until(/\n.*\n/s);
    watching.child.kill('SIGINT');
    expect((await watching.result).exitCode).toBe(0);
    for (const line of seen.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ mode: 'LIVE' });
  });

  it('shows the accounts', async () => {
    const { stdout } = await run('balances');
    expect(stdout).toMatch(/\nchat-prime +[\d.]+ +Units +ready for use\n/);
    expect(stdout).toMatch(/\nmoney +[\d,]+\.\d\d +USD +to buy with/);
  });

  it('has the balances checked and says why it bought, or did not', async () => {
    const { stdout, exitCode } = await run('check');
    const { body } = await underTest().service.api.get('/decisions?instrument=chat-prime&limit=1');
    const decision = v.object({ trigger: v.literal('wake-up'), reason: v.string(), words: v.string() });
    const { decisions } = v.parse(v.object({ decisions: v.tuple([decision]) }), body);
    expect(stdout).toMatch(/^Checked at .* CET\.\n\n/);
    expect(stdout).toContain(`\nchat-prime  ${decisions[0].reason}\n  ${decisions[0].words}\n`);
    expect(stdout).toMatch(/\n {2}Policy +threshold\n {2}Done +nothing\n$/);
    expect(exitCode).toBe(0);
  });
});

describe('stopping', () => {
  it('stops with a reason, says why it would not buy, and goes on when an administrator says so', async () => {
    const before = posts();
    expect(await run('stop', '--reason', 'prices look wrong')).toMatchObject({ exitCode: 0 });
    expect((await run('status')).stdout).toMatch(
      /● STOPPED: stopped-by-caller\n +since .*\n +"prices look wrong"\n +arn:aws:iam::123456789012:user\/local-caller\n/,
    );
    expect(await run('buy', 'chat-prime', '1', '--price', '2.50', '--yes')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('grid-buyer resume --reason TEXT'),
    });
    expect(await run('buy', 'chat-prime', '1', '--price', '2.50', '--dry-run')).toMatchObject({
      exitCode: 4,
      stdout: expect.stringContaining('buying is stopped (BREAKER)'),
    });
    expect(await run('doctor')).toMatchObject({
      exitCode: 8,
      stdout: expect.stringMatching(/fail {2}breaker +open/),
    });
    expect((await run('resume', '--reason', 'they are right')).exitCode).toBe(9);
    expect((await run('buy', 'chat-prime', '1', '--price', '2.50', '--yes')).exitCode).toBe(4);
    expect(posts()).toBe(before);

    expect((await run('resume', '--reason', 'they are right', '--yes')).exitCode).toBe(0);
    expect(await run('resume', '--reason', 'again', '--yes')).toMatchObject({
      stdout: expect.stringContaining('Nothing to do'),
    });
    expect(await buy('1', '--price', '2.50')).toMatchObject({ order: { state: 'OPEN' } });
    expect(posts()).toBe(before + 1);
  });
});

describe('settings', () => {
  const perOrder = 'spendingLimits.perOrder';
  const set = (...args: string[]) => run('settings', 'set', ...args, '--reason', 'careful');
  const settingsSchema = v.looseObject({
    version: v.number(),
    settings: v.array(v.object({ path: v.string(), value: v.string(), origin: v.string() })),
  });
  const current = async () => v.parse(settingsSchema, jsonOf(await run('settings', 'get', '--json')));
  const settingAt = async (path: string) => (await current()).settings.find((one) => one.path === path);
  let before = 0;
  beforeEach(async () => {
    before = (await current()).version;
  });
  afterEach(() => run('settings', 'restore', String(before), '--reason', 'as before', '--yes'));

  it('are changed after the difference was shown, and hold from the next order on', async () => {
    const rehearsal = await set(perOrder, '1.50', '--dry-run');
    expect(rehearsal.stdout).toMatch(
      /^SETTING +BEFORE +AFTER\nspendingLimits\.perOrder +50\.00 \(stage\) +1\.50\n\nNothing was changed\.\n$/,
    );
    const unasked = await set(perOrder, '1.50');
    expect(unasked).toMatchObject({ exitCode: 9, stdout: '' });
    expect(unasked.stderr).toMatch(/spendingLimits\.perOrder +50\.00 \(stage\) +1\.50\n/);
    expect(await settingAt(perOrder)).toMatchObject({ value: '50.00', origin: 'deployed' });

    expect(jsonOf(await set(perOrder, '1.50', '--yes', '--json'))).toEqual({
      changed: true,
      version: before + 1,
      differences: [
        {
          path: perOrder,
          before: { value: '50.00', origin: 'deployed' },
          after: { value: '1.50', origin: 'set' },
        },
      ],
      raises: [],
    });
    expect(await current()).toMatchObject({ mode: 'LIVE', reason: 'careful', problems: [] });
    expect(await settingAt(perOrder)).toMatchObject({ value: '1.50', origin: 'set' });
    const sent = posts();
    expect(await run('buy', 'chat-prime', '1', '--price', '2.50', '--yes')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('grid-buyer settings set spendingLimits.perDay USD --reason TEXT'),
    });
    expect(posts()).toBe(sent);
    expect(await set(perOrder, '1.50', '--yes')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Nothing to do'),
    });
  });

  it('that let more be bought are named before they are agreed to', async () => {
    await set(perOrder, '1.50', 'mode', 'paused', '--yes');
    const { exitCode, stderr } = await run('settings', 'unset', perOrder, '--reason', 'usual');
    expect(exitCode).toBe(9);
    expect(stderr).toContain(
      'More may be bought than before:\n  - spendingLimits.perOrder rises from 1.50 to 50.00\n',
    );
    expect(stderr).toContain(
      'so that more may be bought (spendingLimits.perOrder rises from 1.50 to 50.00)?',
    );
    expect(await settingAt(perOrder)).toMatchObject({ value: '1.50' });
    const unset = await run('settings', 'unset', perOrder, '--reason', 'usual', '--yes', '--json');
    expect(jsonOf(unset)).toMatchObject({
      changed: true,
      raises: ['spendingLimits.perOrder rises from 1.50 to 50.00'],
    });
    expect(await settingAt(perOrder)).toMatchObject({ value: '50.00', origin: 'deployed' });
  });

  it('are all set, or none of them, with everything that is wrong told at once', async () => {
    const result = await set(
      perOrder,
      '1.50',
      'spendingLimits.perDay',
      '999',
      'instruments.no.paused',
      'true',
    );
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain("- spendingLimits.perDay: is above what the stage's file allows, 200.00");
    expect(result.stderr).toContain('- instruments.no: is no instrument of the stage');
    expect(await current()).toMatchObject({ version: before });
  });

  it('of an instrument are seen by whoever looks and whoever would buy', async () => {
    const path = 'instruments.chat-prime';
    await set(`${path}.paused`, 'true', `${path}.maximumPrice`, '2.00', '--yes');
    const { stdout } = await run('settings', 'get');
    expect(stdout).toMatch(/^Mode +LIVE\nSet by +\S+, .* CET\nReason +careful\nVersion +\d+\n/);
    expect(stdout).toMatch(/\ninstruments\.chat-prime\.maximumPrice +2\.00 +set\n/);
    expect(stdout).toMatch(/\ninstruments\.chat-prime\.topUp\.limitPrice +2\.00 +kept within/);
    expect(stdout).toMatch(/\nspendingLimits\.perDay +200\.00 +the stage's file\n/);
    const status = await run('status');
    expect(status.stdout).toMatch(/\nchat-prime .* 2\.00 +threshold +PAUSED\n/);
    expect(await run('buy', 'chat-prime', '1', '--price', '2.00', '--dry-run')).toMatchObject({
      exitCode: 4,
      stdout: expect.stringContaining('chat-prime is paused'),
    });
    expect((await run('doctor')).stdout).toMatch(
      /warn {2}paused-chat-prime +paused: nothing of it is bought\n/,
    );
  });

  it('have a history, from which an old version is restored', async () => {
    await set(perOrder, '1.50', '--yes');
    await set('mode', 'paused', '--yes');
    const { stdout } = await run('settings', 'history', '--limit', '2');
    expect(stdout).toMatch(
      new RegExp(
        `^Version ${before + 2} {2}.* CET, by \\S+\ncareful\nSETTING +BEFORE +AFTER\nmode +LIVE +PAUSED\n\nVersion ${before + 1} .*\ncareful\n.*\nspendingLimits\\.perOrder +not set +1\\.50\n$`,
      ),
    );
    const { versions } = v.parse(
      v.object({ versions: v.array(v.looseObject({ version: v.number(), mode: v.string() })) }),
      jsonOf(await run('settings', 'history', '--json')),
    );
    expect(versions[0]).toMatchObject({
      version: before + 2,
      mode: 'PAUSED',
      reason: 'careful',
      problems: [],
    });
    expect(versions.at(-1)).toMatchObject({ version: 1, reason: 'a local stack spends no money' });

    const args = ['settings', 'restore', String(before), '--reason', 'as before'];
    expect(await run(...args)).toMatchObject({
      exitCode: 9,
      stderr: expect.stringContaining('the mode becomes LIVE; spendingLimits.perOrder rises'),
    });
    expect(await run(...args, '--yes')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`Changed: version ${before + 3} is in force`),
    });
    expect(await settingAt(perOrder)).toMatchObject({ value: '50.00', origin: 'deployed' });
  });

  it('stay as they are when buying is let go on after a stop and a pause', async () => {
    await set(perOrder, '40.00', 'mode', 'paused', '--yes');
    await run('stop');
    expect(await run('resume', '--reason', 'looked at')).toMatchObject({
      exitCode: 9,
      stderr: expect.stringMatching(
        /close the breaker \(stopped-by-caller, since .*\) and set the mode from PAUSED to LIVE\?/,
      ),
    });
    expect(jsonOf(await run('resume', '--reason', 'looked at', '--yes', '--json'))).toMatchObject({
      changed: true,
      modeBefore: 'PAUSED',
      breakerBefore: { reason: 'stopped-by-caller' },
      version: before + 2,
    });
    expect(await settingAt(perOrder)).toMatchObject({ value: '40.00', origin: 'set' });
    expect(jsonOf(await run('status', '--json'))).toMatchObject({
      stoppedBy: null,
      settingsVersion: before + 2,
      settingsReason: 'looked at',
      limits: { perOrder: '40.00' },
    });
  });

  it('that cannot be understood are told, cannot be changed, and are restored over', async () => {
    await spoilSettings(underTest().service.stack, 'instruments', '{"chat-prime":{"color":1}}');
    const problem = 'instruments.chat-prime.color: is not a setting';
    expect(await current()).toMatchObject({ mode: 'SETTINGS_UNUSABLE', settings: [], problems: [problem] });
    expect((await run('status')).stdout).toContain('● off: the settings cannot be understood');
    expect(await run('doctor')).toMatchObject({
      exitCode: 8,
      stdout: expect.stringContaining('grid-buyer settings history'),
    });
    for (const args of [['settings', 'set', 'mode', 'paused'], ['resume']]) {
      expect(await run(...args, '--reason', 'x', '--yes')).toMatchObject({
        exitCode: 8,
        stderr: expect.stringContaining('grid-buyer settings restore VERSION'),
      });
    }
    expect(await run('settings', 'restore', String(before), '--reason', 'mended', '--yes')).toMatchObject({
      exitCode: 0,
    });
    expect(await current()).toMatchObject({ mode: 'LIVE', problems: [] });
  });
});

describe('setting up', () => {
  it('finds nothing wrong with a stack that is well', async () => {
    const result = await run('doctor', '--json');
    const { findings } = v.parse(
      v.object({ findings: v.array(v.object({ name: v.string(), level: v.string(), found: v.string() })) }),
      jsonOf(result),
    );
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual(
      [
        'target',
        'credentials',
        'clock',
        'table',
        'mode',
        'breaker',
        'cap-of-the-day',
        'cap-of-the-month',
        'last-check',
      ].concat(['secret', 'key', 'path', 'exchange-clock', 'account-mode', 'market-chat-prime', 'usd']),
    );
    expect(result.exitCode).toBe(0);
  });

  it('names what keeps the account from buying, and what to do', async () => {
    exchange().setModes({ accountMode: 'auto' });
    exchange().setMarketStatus({ market: 'chat-prime', status: 'suspended' });
    const { available } = exchange().money();
    exchange().setUsd({ available: '0' });
    const { exitCode, stdout } = await run('doctor');
    expect(exitCode).toBe(8);
    expect(stdout).toMatch(
      /fail {2}account-mode +Auto: the exchange refuses orders\n +→ Switch to Advanced mode/,
    );
    expect(stdout).toMatch(/warn {2}market-chat-prime +closed now: orders are refused\n/);
    expect(stdout).toMatch(/fail {2}usd +no USD is available\n/);
    expect(stdout).toMatch(/2 things keep it from buying, 1 needs a look\.\n$/);
    exchange().setModes({ accountMode: 'advanced' });
    exchange().setMarketStatus({ market: 'chat-prime', status: 'active' });
    exchange().setUsd({ available });
  });

  it('says when the exchange does not know the key', async () => {
    const { stack } = underTest().service;
    const { publicKey, fingerprint } = await ensureSigningKey(
      stack.secretsManager,
      stack.output('SigningKeySecretArn'),
    );
    exchange().revokeKey({ fingerprint });
    const [tested, examined] = await Promise.all([run('keys', 'test'), run('doctor')]);
    exchange().addKey({ publicKey });
    expect(tested).toMatchObject({
      exitCode: 8,
      stdout: expect.stringContaining('✗ The exchange refuses the current key: register the public key'),
    });
    expect(examined).toMatchObject({
      exitCode: 8,
      stdout: expect.stringMatching(/fail {2}key +the exchange refuses it\n/),
    });
    expect(await run('keys', 'test')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('✓ The exchange accepts the current key'),
    });
  });

  it('changes the key, and never shows a private one', async () => {
    const made = await run('keys', 'new', '--file', 'mine.txt');
    const privateKey = readFileSync(join(folder, 'mine.txt'), 'utf8').trim();
    const results = [
      made,
      await run('keys', 'store', '--file', 'mine.txt'),
      await run('keys', 'new'),
      await run('keys', 'promote'),
    ];
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 1, 8]);
    expect(results[2]?.stderr).toContain('There is a pending key already');
    expect(results[3]?.stdout).toContain('key-not-registered');

    const stored = v.parse(
      v.object({
        keys: v.array(v.object({ label: v.string(), publicKey: v.string(), exchange: v.string() })),
      }),
      jsonOf(await run('keys', 'show', '--json')),
    );
    expect(stored.keys.map(({ label, exchange: says }) => [label, says])).toEqual([
      ['current', 'accepts it'],
      ['pending', 'refuses it'],
    ]);
    exchange().addKey({ publicKey: stored.keys[1]?.publicKey ?? '' });
    expect((await run('keys', 'promote')).stdout).toContain('✓ promoted');
    expect((await run('keys', 'finish')).stdout).toContain('✗ old-key-still-accepted');
    expect(await run('keys', 'rollback')).toMatchObject({ exitCode: 9 });
    expect(await run('keys', 'rollback', '--yes')).toMatchObject({ exitCode: 0 });

    expect(readdirSync(folder).filter((name) => name.endsWith('.public.txt')).length).toBeGreaterThan(1);
    const everything = results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(everything).not.toContain(privateKey);
    rmSync(join(folder, 'mine.txt'));
  });
});

describe('export', () => {
  const books = v.object({
    entries: v.array(v.looseObject({ exchangeOrderId: v.string(), units: v.number(), total: v.string() })),
    total: v.object({ units: v.string(), value: v.string(), fee: v.string(), total: v.string() }),
  });
  const today = () => new Date().toISOString().slice(0, 10);
  const sum = (amounts: readonly string[]) =>
    amounts.reduce((all, one) => all + (parseDecimal(one) ?? 0n), 0n);

  it("has the exchange's own sums, to the last decimal", async () => {
    exchange().setModes({ feeRate: '0.001' });
    // 6.08 USD for three Units: an average without an end.
    offer('2.01', '2.02', '2.05');
    await stateOf(await buy('3', '--price', '2.50'));
    const { entries, total } = v.parse(
      books,
      jsonOf(await run('export', '--from', today(), '--to', today(), '--json')),
    );
    exchange().setModes({ feeRate: '0' });

    const ours = new Set(entries.map(({ exchangeOrderId }) => exchangeOrderId));
    const trades = exchange().trades();
    expect(trades.filter(({ buyOrderId }) => buyOrderId !== null && !ours.has(buyOrderId))).toEqual([]);
    expect(parseDecimal(total.value)).toBe(sum(trades.map(({ value }) => value)));
    expect(parseDecimal(total.fee)).toBe(sum(trades.map(({ buyFee }) => buyFee)));
    expect(parseDecimal(total.fee)).toBeGreaterThan(0n);
    for (const { exchangeOrderId, units, total: cost } of entries) {
      const own = trades.filter(({ buyOrderId }) => buyOrderId === exchangeOrderId);
      expect(units).toBe(own.reduce((all, { quantity }) => all + quantity, 0));
      expect(parseDecimal(cost)).toBe(sum(own.flatMap(({ value, buyFee }) => [value, buyFee])));
    }
  });

  it('writes CSV, into a file or to standard output', async () => {
    const { stdout } = await run('export', '--from', today(), '--to', today());
    const [titles, ...rows] = stdout.trimEnd().split(/\r?\n/);
    expect(titles).toBe(
      'order_id,exchange_order_id,ordered_at,updated_at,instrument,market_id,source,state,units,average_price_usd,value_usd,fee_usd,total_usd',
    );
    expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([13]));
    const written = await run('export', '--from', today(), '--to', today(), '--output', 'books.csv');
    expect(written.stdout).toContain(`books.csv: ${rows.length} orders, `);
    expect(readFileSync(join(folder, 'books.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(
      rows.length + 1,
    );
    expect(await run('export', '--from', '2020-01-01', '--to', '2020-01-31', '--json')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('"entries": []'),
    });
  });
});

describe.concurrent('without a stack', () => {
  const lost = (...args: string[]) =>
    startGridBuyer(args, { cwd: folder, env: { GRID_BUYER_LOCAL: join(folder, 'nothing.json') } }).result;

  it.each([[[]], [['--local']]])('%j says which two ways there are', async (args: string[]) => {
    const { exitCode, stderr } = await lost('status', ...args);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('npm start');
    expect(stderr).toContain('--stage NAME');
  });

  it('a stack whose process is gone is none', async () => {
    const gone = { ...JSON.parse(readFileSync(announcement, 'utf8')), processId: 2 ** 22 + 1 };
    writeFileSync(join(folder, 'gone.json'), JSON.stringify(gone));
    const env = { GRID_BUYER_LOCAL: join(folder, 'gone.json') };
    expect((await startGridBuyer(['status'], { cwd: folder, env }).result).exitCode).toBe(3);
  });

  it('backtests, which needs none', async () => {
    const { exitCode, stdout } = await lost(
      'backtest',
      '--trace',
      'customer-01',
      '--policy',
      'marketable',
      '--market',
      'calm',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nmarketable +calm +1 /);
    expect((await lost('backtest', '--policy', 'none')).exitCode).toBe(2);
  });
});
