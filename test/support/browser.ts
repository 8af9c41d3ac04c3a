import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as v from 'valibot';

const places = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const place = places.find((path) => path !== '' && existsSync(path));

/** Whether this machine has a browser; with `REQUIRE_BROWSER=1` one that has none fails. */
export const hasBrowser = place !== undefined || process.env['REQUIRE_BROWSER'] === '1';

/** A browser without a window that asks nobody on the network. */
export function launchBrowser(): Promise<Browser> {
  if (place === undefined) throw new Error('There is no Chromium here. CHROMIUM can name one.');
  return chromium.launch({
    executablePath: place,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** What hinders people: contrast, missing labels, and the like. */
const axeResult = v.object({
  violations: v.array(
    v.object({ id: v.string(), help: v.string(), nodes: v.array(v.object({ html: v.string() })) }),
  ),
});

/** What hinders people in a page; nothing if all is well. */
export async function axeViolations(tab: Page) {
  await tab.evaluate(axe.source);
  return v.parse(axeResult, await tab.evaluate('axe.run()')).violations;
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(tab: Page): Promise<unknown> {
  return tab.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
