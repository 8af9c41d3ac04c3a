/** Height of a band in its own coordinates; a span of time is 1 wide. */
export const bandHeight = 200;

/** Maps values to heights: `lowest` is at the bottom, `highest` at the top. */
export interface Scale {
  readonly lowest: number;
  readonly highest: number;
}

/** A scale from 0 to the largest value. */
export function scaleFromZero(...series: readonly ArrayLike<number>[]): Scale {
  return { lowest: 0, highest: Math.max(...series.map(largest), 0) };
}

/** Values as a staircase that is filled down, or up, to the height of 0. */
export function areaPath(values: ArrayLike<number>, scale: Scale): string {
  const ground = heightOf(0, scale);
  return `M0 ${ground}${stairs(values, scale)}V${ground}z`;
}

/** Values as a staircase line. */
export function linePath(values: ArrayLike<number>, scale: Scale): string {
  return `M0 ${heightOf(values[0] ?? 0, scale)}${stairs(values, scale)}`;
}

/** A dot in the middle of each span that has a value: strokes of no length, to be drawn with round ends. */
export function dotsPath(values: readonly (number | undefined)[], scale: Scale): string {
  return values
    .map((value, span) => (value === undefined ? '' : `M${span + 0.5} ${heightOf(value, scale)}h0`))
    .join('');
}

/** An upright stroke through each span that is marked. */
export function marksPath(marks: ArrayLike<number>): string {
  return Array.from(marks, (mark, span) => (mark > 0 ? `M${span + 0.5} 0v${bandHeight}` : '')).join('');
}

/** Neighbours of the same height are one step. */
function stairs(values: ArrayLike<number>, scale: Scale): string {
  const heights = Array.from(values, (value) => heightOf(value, scale));
  let path = '';
  let width = 0;
  for (const [span, height] of heights.entries()) {
    width += 1;
    if (height === heights[span + 1]) continue;
    path += `V${height}h${width}`;
    width = 0;
  }
  return path;
}

function heightOf(value: number, { lowest, highest }: Scale): number {
  const share = highest === lowest ? 0 : (value - lowest) / (highest - lowest);
  return Math.round((1 - share) * bandHeight);
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, value), 0);
}
