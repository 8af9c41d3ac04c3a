import type { Summary } from '../measures/summary.ts';

interface Column {
  readonly head: string;
  readonly cell: (summary: Summary) => string;
}

const columns: readonly Column[] = [
  { head: 'pooled', cell: (one) => fixed(one.costToBoundPooled, 3) },
  { head: 'mean', cell: (one) => fixed(one.costToBoundMean, 3) },
  { head: 'p90', cell: (one) => fixed(one.costToBoundP90, 3) },
  { head: 'small', cell: (one) => fixed(one.smallAccountsCostToBoundMean, 3) },
  { head: 'waste', cell: (one) => percent(one.wastePooled, 1) },
  { head: 'out', cell: (one) => fixed(one.avoidableOutMinutesPerDayMean, 2) },
  { head: 'out p90', cell: (one) => fixed(one.avoidableOutMinutesPerDayP90, 2) },
  { head: 'priced out', cell: (one) => fixed(one.pricedOutMinutesPerDayMean, 2) },
  { head: 'unserved', cell: (one) => percent(one.unservedShareMean, 2) },
  { head: 'orders', cell: (one) => fixed(one.ordersPerDayMean, 0) },
  { head: 'cancels', cell: (one) => fixed(one.cancelsPerDayMean, 0) },
  { head: 'requests', cell: (one) => fixed(one.signedRequestsPerDayMean, 0) },
];

/** One row of the summary: a policy on the markets of one kind. */
export interface SummaryRow {
  readonly policy: string;
  readonly market: string;
  readonly summary: Summary;
}

export const tableHeads: readonly string[] = ['policy', 'market', 'runs', ...columns.map(({ head }) => head)];

export function tableCells({ policy, market, summary }: SummaryRow): readonly string[] {
  return [policy, market, String(summary.runs), ...columns.map(({ cell }) => cell(summary))];
}

export const legend: readonly string[] = [
  'pooled, mean, p90, small: cost per Unit used against who knows the demand and buys just in time at the ask (1.000): over all',
  '  spending, mean and 90th percentile over runs, mean of accounts below 40 Units a day.  waste: expired share of what was bought.',
  'out: minutes a day with anything refused though the ask was payable, mean and p90.  priced out: the ask was above the cap.',
  'unserved: share of the demand, mean.  orders, cancels, requests (signed): a day.  The first day is not scored.',
];

/** The summary as aligned text: names to the left, numbers to the right. */
export function textTable(rows: readonly SummaryRow[]): string {
  const lines = [tableHeads, ...rows.map(tableCells)];
  const widths = tableHeads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const format = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const [heads, ...body] = lines.map(format);
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [heads, rule, ...body, '', ...legend].join('\n');
}

function fixed(value: number | null, places: number): string {
  return value === null ? '-' : value.toFixed(places);
}

function percent(value: number | null, places: number): string {
  return value === null ? '-' : `${(value * 100).toFixed(places)} %`;
}
