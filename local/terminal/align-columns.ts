import { stripVTControlCharacters } from 'node:util';

/**
 * Lines of text with their cells in columns: names to the left, the others, which are mostly numbers, to the right.
 *
 * @param names how many columns, from the first, hold names
 */
export function alignColumns(rows: readonly (readonly string[])[], names: number): string[] {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [column, cell] of cells.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    }
  }
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return column < names ? cell + padding : padding + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** On a terminal, where colours take no room. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
