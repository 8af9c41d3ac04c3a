import Table from 'cli-table3';
import type { Look } from './look.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** @default left */
  readonly align?: 'left' | 'right';
  /** Paints a cell that was cut to its width. */
  readonly paint?: (text: string, row: Row) => string;
  /** In a narrow terminal columns go, those with the highest number first. @default it stays */
  readonly dropFirst?: number;
  /** Takes the room that is left, and is cut where there is too little. */
  readonly isElastic?: boolean;
}

const gap = 2;
const leastElastic = 16;
const noBorders = Object.fromEntries(
  ['', '-mid', '-left', '-right']
    .flatMap((side) => [`top${side}`, `bottom${side}`])
    .concat('left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle')
    .map((name) => [name, '']),
);

/** Rows under their titles, without columns that tell nothing, as wide as the terminal at most: columns go, or are cut, before a line breaks. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], look: Look): string {
  const told = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
  const shown = fitted(
    told.map((column) => ({ column, width: widthOf(column, rows) })),
    look.columns,
  );
  const drawn = new Table({
    chars: noBorders,
    colWidths: shown.map(({ width }, index) => width + (index === shown.length - 1 ? 0 : gap)),
    colAligns: shown.map(({ column }) => column.align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
  });
  drawn.push(
    padded(shown, ({ column, width }) =>
      column.title === '' ? '' : look.paint.dim(cut(column.title, width)),
    ),
    ...rows.map((row) =>
      padded(shown, ({ column, width }) => {
        const text = cut(column.cell(row), width);
        return column.paint?.(text, row) ?? text;
      }),
    ),
  );
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

interface Sized<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** The last column needs no gap behind it. */
function padded<Row>(shown: readonly Sized<Row>[], cell: (sized: Sized<Row>) => string) {
  return shown.map((sized, index) => ({
    content: cell(sized),
    style: { 'padding-right': index === shown.length - 1 ? 0 : gap, 'padding-left': 0 },
  }));
}

function widthOf<Row>(column: Column<Row>, rows: readonly Row[]): number {
  return Math.max(column.title.length, ...rows.map((row) => column.cell(row).length));
}

function fitted<Row>(sized: readonly Sized<Row>[], available: number): readonly Sized<Row>[] {
  const total = sized.reduce((sum, { width }) => sum + width + gap, -gap);
  if (total <= available) return sized;
  const excess = total - available;
  const elastic = sized.find(({ column }) => column.isElastic === true);
  if (elastic !== undefined && elastic.width - excess >= leastElastic) {
    return sized.map((one) => (one === elastic ? { ...one, width: one.width - excess } : one));
  }
  const [dropped] = sized
    .filter(({ column }) => column.dropFirst !== undefined)
    .toSorted((a, b) => (b.column.dropFirst ?? 0) - (a.column.dropFirst ?? 0));
  return dropped === undefined
    ? sized
    : fitted(
        sized.filter((one) => one !== dropped),
        available,
      );
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
