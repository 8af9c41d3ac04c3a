import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import * as v from 'valibot';
import { expect } from 'vitest';
import { axeViolations, overflowOf } from './browser.ts';

/** In how many ways a page is looked at. */
export const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, isMobile: true }],
  ['on a phone, dark', { viewport: { width: 360, height: 740 }, isMobile: true, colorScheme: 'dark' }],
];

/** A path of a plot that lies outside its picture, or a label outside its plot. */
const outside = `(() => {
  const found = [];
  for (const svg of document.querySelectorAll('.plot svg')) {
    const { width, height } = svg.viewBox.baseVal;
    for (const path of svg.querySelectorAll('path')) {
      const { x, y, width: w, height: h } = path.getBBox();
      const isOutside = x < 0 || y < 0 || x + w > width || y + h > height;
      if (isOutside) found.push(svg.getAttribute('aria-label') + ': ' + path.getAttribute('class') + ' ' + [x, y, w, h]);
    }
  }
  return found;
})()`;

/** Labels of one axis that lie over each other. */
const overlapping = `(() => {
  const found = [];
  for (const axis of document.querySelectorAll('.xs, .ys')) {
    const shown = [...axis.children].filter((label) => getComputedStyle(label).display !== 'none');
    const boxes = shown.map((label) => label.getBoundingClientRect());
    boxes.forEach((box, index) => boxes.slice(index + 1).forEach((other, after) => {
      const meet = box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
      if (meet) found.push(shown[index].textContent + ' and ' + shown[index + 1 + after].textContent);
    }));
  }
  return found;
})()`;

/** Opens a page that is one file, has it looked at, and fails on anything that it complains of, loads, or draws wrongly. */
export async function expectReadable(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  look: (tab: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  tab.on('console', (message) => complaints.push(`${message.type()} ${message.text()}`));
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('request', (request) => complaints.push(`asks for ${request.url()}`));
  await tab.setContent(html);
  expect(await tab.locator('.plot svg').count()).toBeGreaterThan(0);
  expect(await overflowOf(tab)).toBe(0);
  expect(v.parse(v.array(v.string()), await tab.evaluate(outside))).toEqual([]);
  expect(v.parse(v.array(v.string()), await tab.evaluate(overlapping))).toEqual([]);
  expect(await axeViolations(tab)).toEqual([]);
  await look(tab);
  expect(complaints).toEqual([]);
  await tab.close();
}

/** The colour behind the page, as the browser has computed it. */
export function groundOf(tab: Page): Promise<unknown> {
  return tab.evaluate('getComputedStyle(document.body).backgroundColor');
}
