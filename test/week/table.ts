import type { Comparison } from './compare.ts';
import type { Measures } from './measures.ts';

interface Column {
  readonly measure: keyof Measures;
  readonly head: string;
  readonly cell: (value: number) => string;
}

const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;
const fixed = (places: number) => (value: number) => value.toFixed(places);

const columns: readonly Column[] = [
  { measure: 'bought', head: 'bought', cell: fixed(0) },
  { measure: 'used', head: 'used', cell: fixed(1) },
  { measure: 'spent', head: 'USD spent', cell: fixed(2) },
  { measure: 'cost', head: 'cost', cell: fixed(4) },
  { measure: 'waste', head: 'waste', cell: percent },
  { measure: 'out', head: 'out', cell: fixed(0) },
  { measure: 'unserved', head: 'unserved', cell: percent },
  { measure: 'orders', head: 'orders', cell: fixed(0) },
  { measure: 'cancels', head: 'cancels', cell: fixed(0) },
];

/** The comparisons as a table in Markdown: stack, backtest and difference of each. `!` marks what differs too much. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const heads = ['', '', ...columns.map(({ head }) => head)];
  const rows = [heads, heads.map((_, index) => (index < 2 ? '---' : '--:')), ...comparisons.flatMap(rowsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  return rows.map(line).join('\n');
}

function rowsOf({ name, stack, backtest, tooFar }: Comparison): readonly (readonly string[])[] {
  return [
    [name, 'stack', ...columns.map(({ measure, cell }) => cell(stack[measure]))],
    ['', 'backtest', ...columns.map(({ measure, cell }) => cell(backtest[measure]))],
    [
      '',
      'difference',
      ...columns.map(
        ({ measure }) => `${tooFar.has(measure) ? '! ' : ''}${difference(stack[measure], backtest[measure])}`,
      ),
    ],
  ];
}

function difference(stack: number, backtest: number): string {
  if (stack === backtest) return '0';
  if (backtest === 0) return 'from 0';
  const share = stack / backtest - 1;
  return `${share < 0 ? '' : '+'}${(share * 100).toFixed(1)} %`;
}
