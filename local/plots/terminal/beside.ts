import { stripVTControlCharacters } from 'node:util';

/** Blocks of lines beside each other, each so many columns wide. */
export function beside(
  blocks: readonly (readonly string[])[],
  width: number,
  gap: number,
): readonly string[] {
  const height = Math.max(0, ...blocks.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map((lines) => padded(lines[row] ?? '', width))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function padded(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - visibleLength(line)));
}

/** Characters that one sees. */
export function visibleLength(line: string): number {
  return stripVTControlCharacters(line).length;
}
