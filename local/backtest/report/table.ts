import { alignColumns } from '../../terminal/align-columns.ts';
import { type Summary, smallAccountUnitsPerDay } from '../measures/summary.ts';

interface Column {
  readonly head: string;
  readonly meaning: string;
  readonly cell: (summary: Summary) => string;
}

const columns: readonly Column[] = [
  {
    head: 'pooled',
    meaning:
      'cost per Unit used, over all spending; 1.000 is who knows the demand and buys just in time at the ask',
    cell: (one) => fixed(one.costToBoundPooled, 3),
  },
  { head: 'mean', meaning: 'the same, mean over runs', cell: (one) => fixed(one.costToBoundMean, 3) },
  { head: 'p90', meaning: 'the same, 90th percentile', cell: (one) => fixed(one.costToBoundP90, 3) },
  {
    head: 'small',
    meaning: `the same, mean of accounts below ${smallAccountUnitsPerDay} Units a day`,
    cell: (one) => fixed(one.smallAccountsCostToBoundMean, 3),
  },
  {
    head: 'waste',
    meaning: 'share of what was bought that expired unused, over all',
    cell: (one) => percent(one.wastePooled, 1),
  },
  {
    head: 'out',
    meaning: 'minutes a day in which anything was refused although the ask was payable, mean',
    cell: (one) => fixed(one.avoidableOutMinutesPerDayMean, 2),
  },
  {
    head: 'out p90',
    meaning: 'the same, 90th percentile',
    cell: (one) => fixed(one.avoidableOutMinutesPerDayP90, 2),
  },
  {
    head: 'capped',
    meaning: 'minutes a day in which anything was refused while the ask was above what may be paid, mean',
    cell: (one) => fixed(one.pricedOutMinutesPerDayMean, 2),
  },
  {
    head: 'unserved',
    meaning: 'share of the demand, mean',
    cell: (one) => percent(one.unservedShareMean, 2),
  },
  { head: 'orders', meaning: 'placed a day, mean', cell: (one) => fixed(one.ordersPerDayMean, 0) },
  {
    head: 'cancels',
    meaning: 'orders cancelled a day, mean',
    cell: (one) => fixed(one.cancelsPerDayMean, 0),
  },
  {
    head: 'requests',
    meaning: 'signed requests to the exchange a day, mean',
    cell: (one) => fixed(one.signedRequestsPerDayMean, 0),
  },
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

/** What the heads and the last rows mean. */
export const legend: readonly { readonly head: string; readonly meaning: string }[] = [
  ...columns,
  {
    head: 'just-in-time',
    meaning: 'not a policy: who knows the demand, as above; its waste is that of whole Units',
  },
  {
    head: 'cheapest-4h',
    meaning: 'not a policy: who knows the prices too, and buys fractions at the best of four hours',
  },
];

/** The summary as aligned text: names to the left, numbers to the right. */
export function textTable(rows: readonly SummaryRow[]): string {
  const lines = [tableHeads, ...rows.map(tableCells)];
  const widths = tableHeads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const [heads, ...body] = alignColumns(lines, 2);
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const legendWidth = Math.max(...legend.map(({ head }) => head.length));
  const explained = legend.map(({ head, meaning }) => `${head.padEnd(legendWidth)}  ${meaning}`);
  return [heads, rule, ...body, '', ...explained, '', 'The first day is not scored.'].join('\n');
}

function fixed(value: number | null, places: number): string {
  return value === null ? '-' : value.toFixed(places);
}

function percent(value: number | null, places: number): string {
  return value === null ? '-' : `${(value * 100).toFixed(places)} %`;
}
