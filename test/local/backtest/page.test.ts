import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUnits } from '../../../local/backtest/amounts.ts';
import { demandOf } from '../../../local/backtest/demand/demand.ts';
import { page } from '../../../local/backtest/report/page/page.ts';
import { summaryRows } from '../../../local/backtest/report/summary-rows.ts';
import { carryOut } from '../../../local/backtest/runner/task.ts';
import { hasBrowser, launchBrowser } from '../../support/browser.ts';
import { expectReadable, groundOf, views } from '../../support/plotted-page.ts';
import { quiet } from './support.ts';

/** Two weeks of office hours, with one hour that nobody could foresee. */
const units = Float64Array.from({ length: 14 * 1440 }, (_, minute) => {
  const hour = Math.floor(minute / 60) % 24;
  if (minute > 9000 && minute < 9060) return 4;
  return hour >= 8 && hour < 18 ? 0.2 : 0.001;
});
const policies = ['adaptive', 'script-market'] as const;
const runs = carryOut({
  demand: demandOf('office & "co"', units),
  market: { kind: 'tight', seed: 1 },
  policies,
  conditions: quiet,
  recorded: policies,
});
const html = page({ rows: summaryRows(runs), runs, description: 'Two weeks.' });

describe('what is recorded for plots', () => {
  it('adds up to the figures of the run, but for the first day', () => {
    const firstDay = 24;
    const scored = (steps: Float64Array = new Float64Array()) =>
      toUnits(steps.slice(firstDay).reduce((all, value) => all + value, 0));
    for (const { recording, figures } of runs) {
      expect(recording?.used.length).toBe(14 * 24);
      expect(scored(recording?.used)).toBeCloseTo(figures.used, 8);
      expect(scored(recording?.bought)).toBeCloseTo(figures.bought, 8);
      expect(scored(recording?.expired)).toBeCloseTo(figures.expired, 8);
    }
  });
});

describe.skipIf(!hasBrowser)('the page of the backtest in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each(views)('can be read: %s', async (how, options) => {
    await expectReadable(browser, html, options, async (tab) => {
      expect(await tab.getByText('office & "co"').count()).toBe(1);
      // Four plots of each run.
      expect(await tab.locator('figure .plot').count()).toBe(4 * policies.length);
      expect(await groundOf(tab)).toBe(how.includes('dark') ? 'rgb(18, 21, 27)' : 'rgb(255, 255, 255)');
      // The script takes any price, so that no cap is drawn for it.
      expect(await tab.getByText('the most it may pay').count()).toBe(1);
    });
  });

  it('shows the highest use at the top of its plot, and names it', async () => {
    await expectReadable(browser, html, {}, async (tab) => {
      const plot = tab.locator('figure').first().locator('.plot').first();
      const top = Math.max(...(await plot.locator('.ys span').allTextContents()).map(Number));
      // 4 Units a minute, for 59 minutes.
      expect(top).toBeGreaterThanOrEqual(236);
      expect(top).toBeLessThan(2 * 236);
      expect(await plot.locator('.hover title').nth(150).textContent()).toContain(
        'of 236 Units an hour served',
      );
    });
  });
});
