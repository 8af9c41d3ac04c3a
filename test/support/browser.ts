import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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
