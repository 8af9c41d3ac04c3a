import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { announce } from '../../local/service/announcement.ts';
import { ensureSigningKey } from '../../local/service/signing-key.ts';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { useLocalService } from '../support/local-service.ts';
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
      ['settings', 'set', '--per-day', '50,0', '--reason', 'x', '--yes'],
      2,
      '--per-day must be USD with a point',
    ],
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

  it('changes settings after it has shown the difference', async () => {
    const rehearsal = await run('settings', 'set', '--per-order', '1.50', '--reason', 'careful', '--dry-run');
    expect(rehearsal.stdout).toMatch(/\nper order +as deployed +1\.50 USD\n\nNothing was changed\.\n$/);
    await run('settings', 'set', '--per-order', '1.50', '--reason', 'careful', '--yes');
    expect(jsonOf(await run('settings', 'get', '--json'))).toMatchObject({
      mode: 'LIVE',
      perOrder: '1.50',
      perDay: null,
      reason: 'careful',
    });
    const before = posts();
    expect(await run('buy', 'chat-prime', '1', '--price', '2.50', '--yes')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('error: The order would cost more than is left for it.'),
    });
    expect(posts()).toBe(before);
    await run('settings', 'set', '--per-order', 'deployed', '--mode', 'paused', '--reason', 'quiet', '--yes');
    expect((await run('settings', 'get')).stdout).toMatch(/^Mode +PAUSED\nPer order +as deployed\n/);
    await run('settings', 'set', '--mode', 'live', '--reason', 'go on', '--yes');
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
