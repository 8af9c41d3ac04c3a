/** The rows of the tables of a document whose header begins with these columns, without the header. */
export function tableRows(text: string, ...columns: readonly string[]): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let isWanted = false;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) isWanted = false;
    else {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      if (isWanted && !/^[-: ]*$/.test(cells.join(''))) rows.push(cells);
      if (columns.every((column, index) => cells[index] === column)) isWanted = true;
    }
  }
  return rows;
}

/** What stands between backticks at the beginning of a cell; undefined if nothing does. */
export function codeIn(cell: string): string | undefined {
  return /^`([^`]+)`/.exec(cell)?.[1];
}
