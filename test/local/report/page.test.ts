import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportPage } from '../../../local/report/page/report-page.ts';
import { summarize } from '../../../local/report/summarize.ts';
import { hasBrowser, launchBrowser } from '../../support/browser.ts';
import { expectReadable, groundOf, views } from '../../support/plotted-page.ts';
import { sampleFortnight } from './sample-fortnight.ts';

const collected = sampleFortnight();
const summary = summarize(collected);
const html = reportPage(summary);

describe('the page of a report', () => {
  it('is one file that loads nothing, without a figure that is none', () => {
    // Asserted as facts, because a failure would print the whole page.
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(/<script|<link|<img|https?:|url\(|@import/.test(html)).toBe(false);
    expect(/NaN|undefined|Infinity|\[object/.test(html)).toBe(false);
    expect(html.length).toBeLessThan(500_000);
  });

  it('makes no mark-up of what others have written', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const [order] = summary.orders;
    if (order === undefined) throw new Error('There are orders.');
    const page = reportPage({
      ...summary,
      stage: evil,
      gaps: [evil],
      orders: [{ ...order, id: evil, state: evil }],
      instruments: summary.instruments.map((one) => ({ ...one, symbol: evil, policy: evil })),
    });
    expect(page.includes('<img')).toBe(false);
    expect(page.split('&lt;img').length).toBeGreaterThan(6);
  });

  it('of a stage that has done nothing says so', () => {
    const empty = reportPage(
      summarize({ ...collected, orders: [], decisions: new Map([['chat-prime', []]]) }),
    );
    expect(empty.includes('Nothing was ordered, and no balance is known.')).toBe(true);
    expect(empty.includes('No order was made in this period.')).toBe(true);
    expect(/NaN|undefined|Infinity/.test(empty)).toBe(false);
  });
});

describe.skipIf(!hasBrowser)('the page of a report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each(views)('can be read: %s', async (how, options) => {
    await expectReadable(browser, html, options, async (tab) => {
      expect(await groundOf(tab)).toBe(how.includes('dark') ? 'rgb(18, 21, 27)' : 'rgb(255, 255, 255)');
      // Spending by day and month; held, turnover, cover and price.
      expect(await tab.locator('.plot').count()).toBe(6);
    });
  });

  it('draws spending in proportion to the cap', async () => {
    await expectReadable(browser, html, {}, async (tab) => {
      const plot = tab.locator('.plot').first();
      expect(await plot.locator('.ys span').allTextContents()).toEqual(['0', '50', '100', '150', '200']);
      const heightOf = async (selector: string) =>
        (await plot.locator(selector).first().boundingBox())?.height ?? Number.NaN;
      const highest = Math.max(...summary.days.map(({ spent }) => Number(spent) / 1e8));
      const drawn = (await heightOf('path.bars')) / (await heightOf('svg'));
      expect(drawn).toBeCloseTo(highest / 200, 1);
      const title = await plot.locator('.hover title').first().textContent();
      expect(title).toMatch(/^16 Nov: [\d.]+ USD spent, [\d.]+ % of the cap of 200\.00$/);
    });
  });

  it('lists all orders once they are unfolded, without the page becoming wider', async () => {
    await expectReadable(browser, html, { viewport: { width: 360, height: 740 } }, async (tab) => {
      const rows = tab.locator('details tbody tr');
      expect(await rows.first().isVisible()).toBe(false);
      await tab.locator('summary').click();
      expect(await rows.first().isVisible()).toBe(true);
      expect(await rows.count()).toBe(summary.orders.length);
      expect(await tab.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
    });
  });
});
