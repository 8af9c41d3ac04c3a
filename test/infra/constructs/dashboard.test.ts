import { describe, expect, it } from 'vitest';
import { orderOutcomes } from '../../../shared/observability/order-metrics.ts';
import { alarmsOf } from '../support/alarms.ts';
import {
  type DashboardWidget,
  dashboardBody,
  dashboardWidgets,
  drawDashboard,
} from '../support/dashboard.ts';
import { toppedUpInstrument } from '../support/example-settings.ts';
import { resourceOf } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const symbols = ['chat-prime', 'chat-fast', 'text-max', 'text-prime', 'text-fast'];
const withInstruments = (count: number) =>
  synthesize({
    instruments: symbols
      .slice(0, count)
      .map((symbol, index) => ({ ...toppedUpInstrument, symbol, marketId: `market_${index}` })),
  });
const template = withInstruments(1);
const one = dashboardWidgets(template);
const several = dashboardWidgets(withInstruments(4));
const four = symbols.slice(0, 4);
const none = dashboardWidgets(synthesize());

function labels(title: string, among = one): readonly string[] {
  const [found] = among.filter((widget) => widget.title === title);
  return found?.series.map(({ label }) => label) ?? [];
}

const titlesAt = (y: number, among: readonly DashboardWidget[]) =>
  among.filter((widget) => widget.y === y).map(({ title }) => title);

describe.each([
  ['no instrument that is topped up', none],
  ['one instrument', one],
  ['four instruments', several],
])('the dashboard of a stage with %s', (_stage, widgets) => {
  it('is arranged as it was looked at', () => {
    expect(drawDashboard(widgets)).toMatchSnapshot();
  });

  it('fills the width of the page, and nothing lies upon another', () => {
    const taken = new Set<string>();
    for (const { title, x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column += 1) {
        for (let line = y; line < y + height; line += 1) {
          expect(taken, `${title} at ${column}, ${line}`).not.toContain(`${column} ${line}`);
          taken.add(`${column} ${line}`);
        }
      }
    }
    const lines = Math.max(...widgets.map(({ y, height }) => y + height));
    expect(taken.size).toBe(24 * lines);
  });

  it('has titles that fit, and no graph of nothing, which CloudWatch would refuse', () => {
    const graphs = widgets.filter(({ series, alarms }) => series.length > 0 || alarms > 0);
    for (const { title, width } of graphs) expect(title.length, title).toBeLessThanOrEqual(width * 6 - 2);
    const others = widgets.filter((widget) => !graphs.includes(widget));
    for (const { title } of others) expect(title).toMatch(/^## /);
  });

  it('begins with what people ask first and ends with the alarms and how to read them', () => {
    expect(titlesAt(0, widgets)).toEqual(
      expect.arrayContaining(['Spent today (UTC), USD', 'Orders an hour by outcome']),
    );
    expect(widgets.at(-2)?.title).toMatch(/^## Alarms\nRed: /);
    expect(widgets.at(-1)).toMatchObject({ title: 'Alarms', alarms: expect.any(Number) });
  });
});

describe('the top of the dashboard', () => {
  it('has Units and cover, spending, orders and prices side by side', () => {
    expect(titlesAt(0, one)).toEqual([
      'Units left',
      'Spent today (UTC), USD',
      'Orders an hour by outcome',
      'chat-prime: price per Unit, USD',
    ]);
    expect(titlesAt(5, one)).toEqual(['Cover, minutes', 'Spent this month (UTC), USD']);
  });

  it('shows spending with the line that it must not cross', () => {
    for (const title of ['Spent today (UTC), USD', 'Spent this month (UTC), USD']) {
      expect(labels(title)).toEqual(['spent', 'with what is reserved', 'cap']);
    }
  });

  it('stacks the orders by all that can become of them', () => {
    const [orders] = one.filter(({ title }) => title === 'Orders an hour by outcome');
    expect(orders?.isStacked).toBe(true);
    expect(orders?.series.map(({ label }) => label)).toEqual(orderOutcomes);
    expect(new Set(orders?.series.map(({ color }) => color)).size).toBe(orderOutcomes.length);
  });

  it('compares prices of several instruments by what the market asks, and then shows each by itself', () => {
    expect(titlesAt(0, several).at(-1)).toBe('Price paid, % of the best ask');
    expect(titlesAt(10, several)).toEqual(four.map((symbol) => `${symbol}: price per Unit, USD`));
  });

  it('gives five instruments two rows of prices, not one and a rest', () => {
    const five = dashboardWidgets(withInstruments(5));
    expect([titlesAt(10, five), titlesAt(16, five)].map(({ length }) => length)).toEqual([3, 2]);
  });
});

describe('the graphs of several instruments', () => {
  it.each([
    'Units left',
    'Cover, minutes',
    'Price paid, % of the best ask',
    'Top-ups an hour',
    'Top-ups that bought nothing',
  ])('%s: a line for each, always in the same colour', (title) => {
    const [graph] = several.filter((widget) => widget.title === title);
    const [units] = several.filter((widget) => widget.title === 'Units left');
    expect(graph?.series).toEqual(units?.series);
    expect(graph?.series.map(({ label }) => label)).toEqual(four);
    expect(new Set(graph?.series.map(({ color }) => color)).size).toBe(four.length);
  });
});

describe('the dashboard', () => {
  it('is called after its stage, so that it is found and does not clash', () => {
    expect(resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties['DashboardName']).toBe(
      'grid-buyer-test',
    );
  });

  it('has every alarm', () => {
    expect(one.at(-1)?.alarms).toBe(alarmsOf(template).length);
  });

  it('shows functions, API, queues and table below', () => {
    const titles = one.map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Duration p50, ms',
        'Duration p99, ms',
        'Errors',
        'Throttles',
        'API requests in 5 minutes',
        'API errors in 5 minutes',
        'API latency, ms',
        'Checks that did not run, messages',
        'Table: throttled in 5 minutes',
        'Table: capacity units used in 5 minutes',
      ]),
    );
    expect(labels('API latency, ms')).toEqual(['p50', 'p99']);
  });

  it('looks at metrics of its own stage only', () => {
    const body = dashboardBody(template);
    const stages = [...body.matchAll(/"stage","([^"]+)"/g), ...body.matchAll(/stage=\\"([^"\\]+)\\"/g)];
    expect(stages.length).toBeGreaterThan(30);
    expect(new Set(stages.map(([, stage]) => stage))).toEqual(new Set(['test']));
  });
});
