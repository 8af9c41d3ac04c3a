import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepHappenings } from '../../../local/page/happenings.ts';
import { type OpenPage, openPage } from '../../../local/page/open-page.ts';
import { generateCaller } from '../../../local/runner/http-api/caller.ts';
import { axeViolations, hasBrowser, launchBrowser, overflowOf } from '../../support/browser.ts';
import { useLocalService } from '../../support/local-service.ts';

const caller = generateCaller({ stackName: 'test', accountId: '123456789012', region: 'eu-west-1' });
const happenings = keepHappenings(20, Date.now);
const underTest = useLocalService({
  callers: [caller],
  onEvent: (event) => happenings.tell(event.type),
});

let page: OpenPage;

beforeAll(async () => {
  page = await openPage({ service: underTest().service, caller, happenings });
});
afterAll(() => page.close());

const truth = () => underTest().service.exchange.admin.truth().orders;
/** Before each group: nothing is broken, and buying goes on. */
const mend = async () => {
  for (const action of ['mend', 'resume']) await press({ action });
};

async function press(action: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${page.url}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: page.url, ...headers },
    body: typeof action === 'string' ? action : JSON.stringify(action),
  });
  return { status: response.status, text: await response.text() };
}

describe('the page for programs', () => {
  it('serves what it needs from itself, and the document of the API', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/page.css', 'text/css'],
      ['/page.js', 'text/javascript'],
      ['/openapi.json', 'application/json'],
    ] as const) {
      const response = await fetch(`${page.url}${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(type);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
    expect((await fetch(`${page.url}/nothing`)).status).toBe(404);
    expect((await fetch(page.url, { method: 'DELETE' })).status).toBe(405);
  });

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['a form', { 'content-type': 'text/plain' }],
    ['no origin at all', { origin: '' }],
  ])('lets no other page press its buttons: %s', async (_what, headers) => {
    const before = truth().accepted;
    expect((await press({ action: 'buy', quantity: 1 }, headers)).status).toBe(403);
    expect(truth().accepted).toBe(before);
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown action', { action: 'sell' }],
    ['half a Unit', { action: 'buy', quantity: 0.5 }],
    ['too much text', JSON.stringify({ action: 'cancel', id: 'x'.repeat(5_000) })],
  ])('says what is wrong: %s', async (_what, action) => {
    const before = truth().accepted;
    const { status, text } = await press(action);
    expect({
      status,
      ...v.parse(v.object({ ok: v.boolean(), says: v.string() }), JSON.parse(text)),
    }).toMatchObject({
      status: 200,
      ok: false,
      says: expect.stringMatching(/./),
    });
    expect(truth().accepted).toBe(before);
  });
});

describe.skipIf(!hasBrowser)('the page in a browser', () => {
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    tab.on('console', (message) => errors.push(`${message.type()} ${message.text()}`));
    tab.on('pageerror', (error) => errors.push(error.message));
    await tab.goto(page.url);
    await tab.getByRole('heading', { name: 'grid-buyer' }).waitFor();
    await tab.getByText('Spent today').waitFor();
    return tab;
  }

  const button = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true });
  const said = (tab: Page, text: RegExp) => tab.getByRole('status').filter({ hasText: text }).waitFor();

  it('buys, shows the order as it is filled, and sends nothing for the same key', async () => {
    await mend();
    const tab = await open();
    await tab.getByLabel('Units of chat-prime').fill('2');
    await button(tab, 'Buy').click();
    await said(tab, /The exchange took 2/);
    await button(tab, 'Check balances now').click();
    await said(tab, /Checked/);
    await tab.getByRole('row').filter({ hasText: 'you' }).filter({ hasText: 'FILLED' }).first().waitFor();
    const before = truth().accepted;
    await button(tab, 'Send it again, same key').click();
    await said(tab, /nothing was sent/);
    expect(truth().accepted).toBe(before);
    await tab.close();
  });

  it('loses an answer, and shows that nothing is bought twice', async () => {
    await mend();
    const tab = await open();
    await button(tab, 'Lose the next answer').click();
    await said(tab, /its answer is lost/);
    await tab.getByRole('button', { name: 'Lose the next answer', pressed: true }).waitFor();
    const before = truth().accepted;
    await button(tab, 'Buy').click();
    await said(tab, /is UNKNOWN/);
    await tab.getByText('UNKNOWN', { exact: true }).waitFor();
    // A check may begin every ten seconds; this one is of the schedule.
    await underTest().service.stack.fireSchedule();
    await expect.poll(() => tab.getByText('UNKNOWN', { exact: true }).count(), { timeout: 20_000 }).toBe(0);
    expect(truth()).toMatchObject({ duplicates: {} });
    expect(truth().accepted).toBeGreaterThanOrEqual(before + 1);
    await tab.close();
  });

  it('stops all buying, says why, and goes on', async () => {
    await mend();
    const tab = await open();
    await button(tab, 'Stop all buying').click();
    await tab.getByText('Stopped: the breaker is open').waitFor();
    await tab.getByText('stopped-by-caller, the button of the page').waitFor();
    const before = truth().accepted;
    await button(tab, 'Buy').click();
    await said(tab, /Buying is stopped/);
    expect(truth().accepted).toBe(before);
    await button(tab, 'Resume').click();
    await tab.getByText('Live', { exact: true }).waitFor();
    await button(tab, 'Buy').click();
    await said(tab, /The exchange took 1/);
    await tab.close();
  });

  it('is refused by an empty book, and mends it', async () => {
    await mend();
    const tab = await open();
    const before = truth().accepted;
    await button(tab, 'Empty the book').click();
    await said(tab, /Nobody sells/);
    await button(tab, 'Buy').click();
    await said(tab, /does not offer that many Units/);
    expect(truth().accepted).toBe(before);
    await tab.getByText('Broken now.').waitFor();
    await button(tab, 'Mend everything').click();
    await tab.getByText('Nothing is broken.').waitFor();
    await tab.close();
  });

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 }, isMobile: true }],
  ] as const)('can be read: %s', async (_how, options) => {
    const tab = await open(options);
    await tab.locator('canvas').nth(1).waitFor();
    expect(await overflowOf(tab)).toBe(0);
    expect(await axeViolations(tab)).toEqual([]);
    await tab.close();
  });

  it('has nothing to complain of', () => {
    expect(errors).toEqual([]);
  });
});
