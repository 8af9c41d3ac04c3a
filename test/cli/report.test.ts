import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../local/service/announcement.ts';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { hasBrowser, launchBrowser } from '../support/browser.ts';
import { useLocalService } from '../support/local-service.ts';
import { expectReadable, views } from '../support/plotted-page.ts';
import { jsonOf, startGridBuyer } from './support/program.ts';

const underTest = useLocalService();
const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-report-'));
const announcement = join(folder, 'running.json');
let conceal: () => Promise<void>;

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startGridBuyer(args, { cwd: folder, env: { GRID_BUYER_LOCAL: announcement, ...env } }).result;
const exchange = () => underTest().service.exchange.admin;
const unitsThere = () => exchange().truth().units['chat-prime'];
const exact = (text: string | undefined) => parseDecimal(text ?? '') ?? -1n;

beforeAll(async () => {
  const { service } = underTest();
  conceal = await announce(service, announcement);
  exchange().setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 50 }] });
  // Tops up, and sees the Units in the checks after it.
  await service.stack.fireSchedule();
  await service.stack.fireSchedule();
  exchange().grantUnits({ instrument: 'chat-prime', units: 3, account: 'consumption' });
  const order = { market: 'chat-prime', type: 'limit', quantity: 4, price: '2.10' };
  expect((await service.api.placeOrder('report-test-order-0001', order)).status).toBe(201);
  await service.stack.fireSchedule();
  exchange().consumeUnits({ instrument: 'chat-prime', units: '1.5' });
  await service.stack.fireSchedule();
});
afterAll(async () => {
  await conceal();
  rmSync(folder, { recursive: true });
});

const report = v.object({
  file: v.string(),
  gaps: v.array(v.string()),
  totals: v.object({ orders: v.number(), bought: v.string(), spent: v.string() }),
  instruments: v.tupleWithRest(
    [
      v.object({
        instrument: v.literal('chat-prime'),
        stock: v.record(v.string(), v.string()),
        market: v.object({ units: v.string(), paid: v.string(), atAsk: v.string() }),
      }),
    ],
    v.unknown(),
  ),
});
const today = () => new Date().toISOString().slice(0, 10);

describe('grid-buyer report', () => {
  it('agrees with the books of the exchange, to the last 10⁻⁸', async () => {
    const result = await run(['report', '--period', `${today()}..`, '--output', 'day.html', '--json']);
    expect(result.stderr).toBe('');
    const { totals, instruments, gaps, file } = v.parse(report, jsonOf(result));
    const [{ stock, market }] = instruments;
    const there = unitsThere();
    expect(file).toBe('day.html');
    expect(totals.bought).toBe(there?.bought);
    // The books of the stage allow for a fee that the simulator states.
    const { spent, fees } = exchange().truth().money;
    expect(exact(totals.spent)).toBe(exact(spent) + exact(fees));
    expect(exact(stock['heldAfter'])).toBe(exact(there?.held));
    // The first balance is what the first check read, before it bought.
    expect(exact(stock['heldBefore']) + exact(stock['arrived']) + exact(stock['appeared'])).toBe(
      exact(stock['used']) + exact(stock['expired']) + exact(stock['heldAfter']),
    );
    expect(exact(stock['arrived']) + exact(stock['onTheWay'])).toBe(exact(there?.bought));
    expect(stock).toMatchObject({ appeared: '3', used: '1.5', expired: '0' });
    expect(exact(market.paid)).toBe(exact(market.atAsk));
    expect(gaps.join()).not.toContain('credentials');
  });

  it.skipIf(!hasBrowser)('is a page that can be read everywhere', async () => {
    const result = await run(['report', '--period', '1h', '--output', 'hour.html']);
    expect(result.stdout).toMatch(
      /^hour\.html: \d+ orders, \d+ Units for \d+\.\d\d USD\. Open it in a browser\.\n$/,
    );
    const html = readFileSync(join(folder, 'hour.html'), 'utf8');
    const browser: Browser = await launchBrowser();
    try {
      for (const [, options] of views) {
        await expectReadable(browser, html, options, async (tab) => {
          expect(await tab.getByRole('heading', { level: 1 }).textContent()).toBe(
            'Report of stage threshold',
          );
          const flow = tab.getByRole('region', { name: 'Where the Units of chat-prime went' });
          expect(await flow.getByRole('row', { name: /from elsewhere 3 / }).count()).toBe(1);
        });
      }
    } finally {
      await browser.close();
    }
  });

  it('replaces its own page, and nothing else', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'dear diary');
    mkdirSync(join(folder, 'sub'));
    const first = await run(['report', '--period', 'today']);
    const second = await run(['report', '--period', 'today']);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    for (const [output, why] of [
      ['mine.txt', 'there is a file that is not a page'],
      ['sub', 'it is a folder'],
      ['none/report.html', 'there is no folder none'],
    ] as const) {
      const { exitCode, stderr } = await run(['report', '--period', 'today', '--output', output]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(why);
    }
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('dear diary');
  });

  it('says what a period can be', async () => {
    const { exitCode, stderr } = await run(['report', '--period', 'tomorrow', '--output', '']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--period must be today, yesterday, 24h, 7d,');
    expect(stderr).toContain('--output must name a file');
  });
});

describe('charts in the status', () => {
  it('are drawn within the width of a terminal, and nowhere else', async () => {
    const { stdout } = await run(['status'], { COLUMNS: '100', LANG: 'C.UTF-8' });
    const charts = stdout.slice(stdout.indexOf('the last 4 checks, times are CET'));
    // No policy of this stage estimates cover, so that there is room for both in a row.
    expect(charts).toMatch(/^Held, Units: 15\.5 +Best ask, USD: 2$/m);
    expect(charts).toMatch(/┤━+/);
    expect(charts).not.toContain('\u001b');
    for (const line of charts.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    const ascii = await run(['status'], { COLUMNS: '100' });
    expect(ascii.stdout).toMatch(/^ *[\d.]+\+-+/m);
    expect((await run(['status'])).stdout).not.toContain('Held, Units');
  });
});
