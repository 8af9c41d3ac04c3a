import { type Scale, shareOf, type Values } from './scale.ts';

/** Height of a plot in its own coordinates; a span of time is 1 wide. */
export const plotHeight = 200;

/** Values as a staircase that is filled down, or up, to the height of 0. It ends where nothing is known. */
export function areaPath(values: Values, scale: Scale): string {
  const ground = heightOf(Math.min(scale.highest, Math.max(scale.lowest, 0)), scale);
  return stretches(values)
    .map(({ from, known }) => `M${from} ${ground}${stairs(known, scale)}V${ground}z`)
    .join('');
}

/** Values as a staircase line with gaps where nothing is known. */
export function linePath(values: Values, scale: Scale): string {
  return stretches(values)
    .map(({ from, known }) => `M${from} ${heightOf(known[0] ?? 0, scale)}${stairs(known, scale)}`)
    .join('');
}

/** A bar in the middle of each span, from the height of 0. */
export function barsPath(values: Values, scale: Scale): string {
  const ground = heightOf(0, scale);
  return each(values, (value, span) =>
    value === 0 ? '' : `M${span + 0.15} ${ground}V${heightOf(value, scale)}h0.7V${ground}z`,
  );
}

/** A dot in the middle of each span that has a value: strokes of no length, to be drawn with round ends. */
export function dotsPath(values: Values, scale: Scale): string {
  return each(values, (value, span) => `M${span + 0.5} ${heightOf(value, scale)}h0`);
}

/** An upright stroke through each span that is marked with more than 0. */
export function marksPath(marks: Values): string {
  return each(marks, (mark, span) => (mark > 0 ? `M${span + 0.5} 0v${plotHeight}` : ''));
}

/** A value's height in the plot, from the top; whole. */
export function heightOf(value: number, scale: Scale): number {
  return Math.round((1 - shareOf(value, scale)) * plotHeight);
}

function each(values: Values, draw: (value: number, span: number) => string): string {
  return Array.from(values, (value, span) => (value === undefined ? '' : draw(value, span))).join('');
}

/** Neighbours of the same height are one step. */
function stairs(values: readonly number[], scale: Scale): string {
  const heights = values.map((value) => heightOf(value, scale));
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

/** Spans on end of which something is known. */
function stretches(values: Values): readonly { readonly from: number; readonly known: readonly number[] }[] {
  const found: { from: number; known: number[] }[] = [];
  let open: number[] | undefined;
  for (const [span, value] of Array.from(values).entries()) {
    if (value === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      found.push({ from: span, known: open });
    }
    open.push(value);
  }
  return found;
}
