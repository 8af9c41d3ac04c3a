import { assumptions } from './assumptions.ts';
import { type BillLine, billOf, metricLogUsd, perRun, totalOf } from './bill.ts';
import type { Counts } from './counts.ts';
import { add, decimal, type Fraction, format, multiply } from './fraction.ts';
import { type PriceName, priceList, prices } from './prices.ts';

/** For how many orders a day the bill is made out. */
const volumes = [1n, 100n, 10_000n] as const;

type Row = readonly string[];

/** A table in Markdown, as the formatter of the repository leaves it. */
function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const money = (usd: Fraction) => format(usd, 2);
const volumeNames = volumes.map((orders) => `${format(decimal(String(orders)), 0)} a day`);

/** USD a month by service. */
export function totalsTable(counts: Counts): string {
  const bills = volumes.map((orders) => billOf(counts, orders));
  const components = [...new Set(bills.flatMap((bill) => bill.map(({ component }) => component)))];
  const rows = components.map((component) => [
    component,
    ...bills.map((bill) => money(totalOf(bill.filter((one) => one.component === component)))),
  ]);
  const totals = bills.map((bill) => `**${money(totalOf(bill))}**`);
  return table(['USD a month', ...volumeNames], [...rows, ['**Together**', ...totals]]);
}

/** Every line with its price and quantities. */
export function linesTable(counts: Counts): string {
  const bills = volumes.map((orders) => billOf(counts, orders));
  const rows = (bills[0] ?? []).map(({ component, part, price }, index) => [
    `${component}: ${part}`,
    priceText(price),
    ...bills.map((bill) => quantityAndMoney(bill[index])),
  ]);
  return table(['', 'Price', ...volumeNames], rows);
}

function priceText(name: PriceName): string {
  const { usd, per, unit } = prices[name];
  return `${usd} for ${per === 1n ? unit : `${format(decimal(String(per)), 0)} ${unit}`}`;
}

function quantityAndMoney(line: BillLine | undefined): string {
  if (line === undefined) return '';
  const isSmall = line.quantity.numerator < 100n * line.quantity.denominator;
  return `${format(line.quantity, isSmall ? 3 : 0)}: ${money(line.usd)}`;
}

const workNames: Readonly<Record<keyof Counts['work'], string>> = {
  check: 'A check with which nothing has happened',
  place: '`POST /orders`',
  look: '`GET /orders/{id}`',
  settle: 'What an order adds to the check that finds it filled',
  watch: 'What it adds to each later check, for 40 minutes',
};

/** What is shown of a kind of work, and with how many decimal places. */
const shown = [
  ['readUnits', 2],
  ['writeUnits', 2],
  ['tableRequests', 2],
  ['exchangeRequests', 2],
  ['logLines', 1],
  ['logBytes', 0],
  ['milliseconds', 0],
] as const;

/** What one of each takes. */
export function countsTable({ work }: Counts): string {
  return table(
    ['', 'Read units', 'Write units', 'Requests to DynamoDB', 'to the exchange', 'Log lines', 'Bytes', 'ms'],
    (['check', 'place', 'look', 'settle', 'watch'] as const).map((kind) => [
      workNames[kind],
      ...shown.map(([name, places]) => format(perRun(work[kind], name), places)),
    ]),
  );
}

/** What the size of the bill rests on besides. */
export function assumptionsTable({ stored, template, metrics }: Counts): string {
  const a = assumptions;
  const rows: readonly (readonly [string, string, string])[] = [
    ['Stored for an order, history and indexes included', `${stored.order} bytes`, 'counted'],
    ['Stored for a decision of a check', `${stored.decision} bytes`, 'counted'],
    [
      'Metrics of checks, of an instrument and of the stage',
      `${metrics.ofInstrument} + ${metrics.ofStage}`,
      'counted',
    ],
    ['Metrics that come with orders', `${metrics.ofOrders}`, 'counted; paid for by the hour'],
    ['Memory of a function', `${template.memoryMegabytes} MB`, 'template'],
    ['Alarms, and metrics in them', `${template.alarms}, ${template.alarmMetrics}`, 'template'],
    ['Until the exchange answers', `${a.exchangeRoundTripMs} ms`, 'assumed'],
    ['Until DynamoDB answers', `${a.tableRoundTripMs} ms`, 'assumed'],
    ['Start of a function, at every call of the API', `${a.coldStartMs} ms`, 'assumed'],
    [
      'Logged by Lambda itself for an invocation',
      `${a.platformLogLines} lines, ${a.platformLogBytes} bytes`,
      'assumed',
    ],
    ['Added by CloudWatch to a line', `${a.bytesPerLogLine} bytes`, 'its documentation'],
    ['A line of the access log', `${a.accessLogBytes} bytes`, 'assumed'],
    ['Sent out for a request to the exchange', `${a.bytesPerExchangeRequest} bytes`, 'assumed'],
    [
      'Kept: orders, decisions, logs',
      `${a.orderDays}, ${a.decisionDays}, ${a.logDays} days`,
      'code and default',
    ],
    ['A month', `${a.hoursPerMonth} hours`, 'as AWS counts'],
  ];
  return table(['', 'Value', 'From'], rows);
}

/** USD for so many metrics in all hours of a month. */
function metric(count: number): Fraction {
  return multiply(decimal(String(count)), decimal(prices.metric.usd));
}

/** What monitoring costs with one instrument, for the runbook. */
export function monitoringTable(counts: Counts): string {
  const { metrics, template, metricLines } = counts;
  const alarms = multiply(decimal(String(template.alarmMetrics)), decimal(prices.alarmMetric.usd));
  const dashboards = multiply(decimal(String(template.dashboards)), decimal(prices.dashboard.usd));
  const key = decimal(prices.key.usd);
  const logs = metricLogUsd(counts);
  const linesPerCheck = Math.round(metricLines.logLines / metricLines.runs);
  const fixed = template.alarms - 2 * template.functions - 3;
  const together = add(
    ...[metrics.ofInstrument, metrics.ofStage, metrics.ofOrders].map(metric),
    alarms,
    dashboards,
    key,
    logs,
  );
  return table(
    ['Part', 'How many', 'One instrument', 'USD a month'],
    [
      [
        'Metrics that every check writes: one for each instrument',
        `${metrics.ofInstrument} *i*`,
        `${metrics.ofInstrument}`,
        money(metric(metrics.ofInstrument)),
      ],
      [
        'Metrics that every check writes: one for the stage',
        `${metrics.ofStage}`,
        `${metrics.ofStage}`,
        money(metric(metrics.ofStage)),
      ],
      [
        'Metrics that come with orders, in the hours in which there are any',
        `${metrics.ofOrders}`,
        `${metrics.ofOrders}`,
        `at most ${money(metric(metrics.ofOrders))}`,
      ],
      [
        'Alarms',
        `${fixed}, 2 for each of ${template.functions} functions and 3 *i*`,
        `${template.alarms}`,
        money(alarms),
      ],
      ['Dashboard', '1', '1', money(dashboards)],
      ['Key of the topics', '1', '1', money(key)],
      ['Log lines that carry the metrics of checks', `${linesPerCheck} each check`, '', money(logs)],
      ['**Together**', '', '', `**at most ${money(together)}**`],
    ],
  );
}

/** Which prices they are. */
export function priceNote(): string {
  return `List prices of ${priceList.date} in ${priceList.region}, without the free allowances of an account, which cover much of the left column.`;
}
