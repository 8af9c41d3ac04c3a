import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ModesChange } from '../../../local/exchange/modes.ts';
import { type ExchangeOptions, type RunningExchange, startExchange } from '../../../local/exchange/start.ts';
import { Budget } from '../../../local/go-live/budget.ts';
import { readCommandLine } from '../../../local/go-live/command-line.ts';
import { RawClient } from '../../../local/go-live/raw-client.ts';
import { dialectOf, runSteps } from '../../../local/go-live/run-steps.ts';
import type { Finding } from '../../../local/go-live/step.ts';
import { allSteps } from '../../../local/go-live/steps/all.ts';
import type { Terms } from '../../../local/go-live/terms.ts';
import { parseDecimal } from '../../../shared/ledger/decimal.ts';
import { generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import { startProgram } from '../../support/run-program.ts';

type Fault = Parameters<RunningExchange['admin']['addFault']>[0];

const usd = (text: string) => parseDecimal(text) ?? 0n;
const terms: Terms = {
  symbol: 'chat-prime',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  maximumPrice: usd('2.50'),
  lowestPrice: usd('0.01'),
  feeBasisPoints: 100n,
};
const total = allSteps.reduce((sum, step) => sum + step.spendsAtMost(terms), 0n);
const keyPair = generateKeyPair();

async function exchangeWith(modes: ModesChange, options: ExchangeOptions = {}) {
  const exchange = await startExchange({
    publicKeys: [keyPair.publicKey],
    signatureLibrary: 'node',
    sellers: false,
    clock: { mode: 'stepped' },
    ...options,
  });
  onTestFinished(() => exchange.close());
  exchange.admin.setModes(modes);
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.20', quantity: 50 }] });
  return exchange;
}

/** Runs all tests against an exchange with these modes, in its own market time. */
async function findings(modes: ModesChange = {}, limit = total, fault?: Fault) {
  const { url, admin } = await exchangeWith(modes);
  if (fault !== undefined) admin.addFault(fault);
  const client = new RawClient(
    { url: new URL(url), pathPrefix: '/api/v1/trading' },
    SigningKey.load(keyPair.privateKey),
    terms,
    limit,
  );
  let time = 0;
  let ids = 0;
  const clock = {
    now: () => time,
    wait: async (milliseconds: number) => {
      time += milliseconds;
      admin.setClock({ advanceSeconds: milliseconds / 1000 });
    },
  };
  const newId = () => {
    // Two orders do not come at the very same moment.
    admin.setClock({ advanceSeconds: 1 });
    ids += 1;
    return `g1a-test-${ids}`;
  };
  const said: string[] = [];
  const results = await runSteps(allSteps, {
    client,
    clock,
    newId,
    say: (line) => said.push(line),
    isStopped: () => false,
  });
  const all = results.flatMap((result) => result.findings);
  const answerTo = (question: string) => all.find((one) => one.question.includes(question))?.answer;
  return { admin, all, answerTo, said, dialect: dialectOf(results) };
}

const questionable = (all: readonly Finding[]) => all.filter(({ isFine }) => !isFine);

describe('the contract tests', () => {
  it('find nothing wrong with an exchange as its documents describe it, and leave nothing open', async () => {
    const { all, dialect, admin, answerTo, said } = await findings();
    expect(questionable(all)).toEqual([]);
    expect(dialect).toEqual({
      transferHistory: 'transfer-histories',
      quantityEncoding: 'number',
      showsClientOrderIds: true,
      balanceLagSeconds: 45,
      balanceBasis: 'available',
    });
    expect(answerTo('refused while the first order is open')).toBe('yes: 422 DUPLICATE_CLIENT_ORDER_ID');
    expect(answerTo('second one?')).toBe('500 order_already_cancelled');
    expect(answerTo('an order with an old timestamp')).toBe('401 EXPIRED_TIMESTAMP');
    expect(answerTo('ioc')).toBe('yes: cancelled');
    expect(admin.orders().filter(({ status }) => status === 'resting')).toEqual([]);
    expect(said.at(-1)).toMatch(/orders were taken; \d that still rested were cancelled/);
  });

  it('spend what was said at most, and about the price of two Units', async () => {
    const { admin } = await findings();
    const { money } = admin.truth();
    const spent = usd('1000') - usd(money.available);
    expect(spent).toBeLessThanOrEqual(total);
    expect(spent).toBe(usd('4.40'));
  });

  it.each<[string, ModesChange, object]>([
    ['orders without client order ids', { showClientOrderIds: false }, { showsClientOrderIds: false }],
    ['Units that are committed on arrival', { balanceFields: 'committed' }, { balanceBasis: 'total' }],
    ['Units that must be asked for', { transfer: 'opt-in' }, { requestAutotransfer: true }],
    ['balances that lag', { balanceLagSeconds: 40 }, { balanceLagSeconds: 80 }],
    [
      'Units that move after a while',
      { transfer: 'delayed', transferDelaySeconds: 30 },
      { balanceLagSeconds: 60 },
    ],
  ])('find the settings for %s', async (_what, modes, settings) => {
    expect((await findings(modes)).dialect).toMatchObject(settings);
  });

  it.each<[string, ModesChange, string, string | RegExp]>([
    ['second orders', { clientOrderIds: 'accept' }, 'while the first', 'no: it makes a second order'],
    ['409', { duplicateStatus: 409 }, 'while the first', 'yes: 409 DUPLICATE_CLIENT_ORDER_ID'],
    ['a lag of the list', { orderListLagSeconds: 7 }, 'show a new order', 'within 7 s'],
    ['other envelopes', { errorEnvelope: 'error.code' }, 'a wrong signature', '401 INVALID_SIGNATURE'],
    ['bare errors', { errorEnvelope: 'bare' }, 'a wrong signature', '401'],
    ['cancellations with a body', { cancelStatus: 200 }, 'a cancellation?', '200'],
    ['slow cancellations', { cancelDelaySeconds: 5 }, 'ioc', 'yes: cancelled'],
  ])('find out %s', async (_what, modes, question, answer) => {
    expect((await findings(modes)).answerTo(question)).toBe(answer);
  });

  it.each<[string, ModesChange, string]>([
    ['pages that lead nowhere', { paging: 'null-cursor' }, 'pages of a list'],
    ['a cursor that never moves', { paging: 'stuck-cursor' }, 'pages of a list'],
    ['rows that come twice', { paging: 'repeating' }, 'pages of a list'],
    ['an account in Auto mode', { accountMode: 'auto' }, 'bid taken at all'],
    ['Units that never arrive', { transfer: 'off' }, 'arrive that are asked'],
    ['a list that is far behind', { orderListLagSeconds: 600 }, 'show a new order'],
  ])('point at %s', async (_what, modes, question) => {
    const { all } = await findings(modes);
    expect(questionable(all).map((one) => one.question)).toContainEqual(expect.stringContaining(question));
  });

  it('leave nothing open when answers are lost', async () => {
    const lost: Fault = {
      endpoint: 'POST /orders',
      when: { always: true },
      stage: 'after',
      effect: { kind: 'reset' },
    };
    const { admin, all } = await findings({}, total, lost);
    expect(admin.orders().length).toBeGreaterThan(3);
    expect(admin.orders().filter(({ status }) => status === 'resting')).toEqual([]);
    expect(questionable(all).length).toBeGreaterThan(3);
  });

  it('stop at the money, not at the exchange', async () => {
    const { all, admin } = await findings({}, usd('0.05'));
    expect(questionable(all).map(({ answer }) => answer)).toContainEqual(
      expect.stringContaining('would pass 0.05 USD'),
    );
    expect(admin.trades()).toEqual([]);
  });
});

it('a budget gives no more than there is, and keeps what it refused', () => {
  const budget = new Budget(usd('1.00'));
  budget.take(usd('0.60'));
  expect(() => budget.take(usd('0.41'))).toThrow('would pass 1.00 USD');
  budget.take(usd('0.40'));
  expect(() => budget.take(1n)).toThrow('would pass');
});

describe('npm run go-live', () => {
  const goLive = (cwd: string, ...args: string[]) => startProgram('local/go-live/main.ts', args, cwd).result;

  function folderWithKey(): string {
    const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-go-live-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'key.txt'), keyPair.privateKey, { mode: 0o600 });
    return folder;
  }

  it('says what it would do and spend, and sends nothing', async () => {
    const { url, admin } = await exchangeWith({});
    const { exitCode, stdout } = await goLive(folderWithKey(), '--stage', 'example', '--exchange', url);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/purchase +at most +5\.05 USD/);
    expect(stdout).toMatch(/In all at most 7\.\d+ USD/);
    expect(stdout).toContain('Nothing was sent.');
    expect(admin.requests()).toEqual([]);
  });

  it('asks before it spends, and goes without a terminal only with a budget that does', async () => {
    const { url, admin } = await exchangeWith({});
    const folder = folderWithKey();
    const run = ['--stage', 'example', '--exchange', url, '--key-file', 'key.txt', '--run'];
    const unasked = await goLive(folder, ...run);
    expect(unasked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('There is nobody to ask') });
    const poor = await goLive(folder, ...run, '--yes', '--budget', '1.00');
    expect(poor).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--budget 1.00 is less than'),
    });
    expect(admin.requests()).toEqual([]);
  });

  it('writes a report with the settings that follow', async () => {
    const { url } = await exchangeWith({ showClientOrderIds: false }, { clock: { mode: 'real' } });
    const folder = folderWithKey();
    const run = ['--stage', 'example', '--exchange', url, '--key-file', 'key.txt', '--run'];
    const { exitCode, stdout, stderr } = await goLive(folder, ...run, '--yes', '--budget', '8.00');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const report = readFileSync(join(folder, 'go-live-report.md'), 'utf8');
    expect(report).toContain('"showsClientOrderIds": false');
    for (const hidden of [keyPair.privateKey, keyPair.fingerprint]) {
      expect(report + stdout).not.toContain(hidden);
    }
  });

  it.each([
    [[], '--stage is needed.'],
    [['--stage', 'x', '--run'], 'Choose one of --secret and --key-file.'],
    [['--stage', 'x', '--yes'], '--yes needs --budget.'],
    [['--stage', 'x', '--budget', 'much'], '--budget must be USD'],
    [['--spend'], '--spend'],
  ])('%o is answered with what is wrong', (args, problem) => {
    expect(() => readCommandLine(args)).toThrow(problem);
  });
});
