/** Breaks a text into lines of at most so many characters, between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Names and values below each other, the values in a column of their own and broken where the line ends. */
export function fields(
  entries: readonly (readonly [name: string, value: string])[],
  columns: number,
  paintName: (name: string) => string,
): string {
  const width = Math.max(...entries.map(([name]) => name.length)) + 2;
  return entries
    .map(([name, value]) => {
      const lines = value.split('\n').flatMap((line) => fitted(line, columns - width));
      return `${paintName(name.padEnd(width))}${lines.join(`\n${' '.repeat(width)}`)}`;
    })
    .join('\n');
}

/** Painted text is broken by whoever paints it. */
function fitted(line: string, width: number): string[] {
  return line.includes('\u001b') || line.length <= width ? [line] : wrap(line, Math.max(20, width));
}
