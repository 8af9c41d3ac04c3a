import plot, { type Settings } from 'simple-ascii-chart';
import { type Scale, scaleAround, scaleFromZero, tickText } from '../scale.ts';
import type { TimeLabel } from '../time-axis.ts';
import { resample, type TimedValue } from './resample.ts';
import type { TerminalLook } from './terminal-look.ts';

/** A chart over time for a terminal: a line, and dots over it if there are any. */
export interface TerminalChart {
  readonly title: string;
  /** What the numbers are, such as `USD per Unit`. */
  readonly unit: string;
  /** In the order of time, as `dots`. */
  readonly line: readonly TimedValue[];
  readonly dots?: readonly TimedValue[];
  /** What line and dots are, where there are both. */
  readonly names?: readonly [line: string, dots: string];
  /** For so long a value of the line counts after its time. */
  readonly holdsMs: number;
  /** Where 0 is the bottom; otherwise the least that the axis spans. */
  readonly range: 'from-zero' | number;
  /** Labels of the time axis, for so many at most. */
  readonly labels: (from: number, to: number, most: number) => readonly TimeLabel[];
}

const leastColumns = 16;
/** Title, time axis and its labels. */
const linesBeside = 3;
/** From the beginning of one label of the time axis to the next. */
const labelRoom = 12;
const arrowless = { n: '│', e: '─' };
const asciiSymbols: NonNullable<Settings['symbols']> = {
  axis: { n: '|', ns: '|', y: '+', nse: '+', x: '+', we: '-', e: '-' },
  chart: { we: '-', wns: '+', ns: '|', nse: '+', wsn: '+', sne: '+' },
  point: 'o',
};

/**
 * Draws a chart with its labels within so many columns and rows, title and time axis included.
 *
 * @returns its lines
 */
export function terminalChart(chart: TerminalChart, look: TerminalLook, rows: number): readonly string[] {
  const { line, dots = [], holdsMs } = chart;
  const title = titleOf(chart, look);
  const times = [...line, ...dots].map(({ at }) => at);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  if (times.length === 0 || to <= from) return [title, '(not enough to draw yet)'];
  const { scale, height } = scaleOf(chart, rows - linesBeside);
  const labelWidth = Math.max(...scale.ticks.map((tick) => tickText(tick, scale).length));
  const columns = Math.max(leastColumns, look.columns - labelWidth - 1);
  const placed = dots.map(({ at, value }) => ({ x: columnOf(at, { from, to, columns }), y: value }));
  const body = plotted(resample(line, { from, to, columns }, holdsMs), placed, {
    scale,
    columns,
    look,
    height,
  });
  return [
    title,
    ...body,
    ...timeAxis(chart.labels(from, to, Math.floor(columns / labelRoom)), { labelWidth, columns, look }),
  ];
}

function titleOf(
  { title, unit, line, dots = [], names }: TerminalChart,
  { isUnicode, hasColour }: TerminalLook,
): string {
  const last = line.at(-1);
  const now = last === undefined ? '' : `: ${Number(last.value.toPrecision(4))}`;
  const [lineSign, dotSign] = isUnicode ? ['━', '●'] : ['-', 'o'];
  const key =
    names === undefined || dots.length === 0
      ? ''
      : `  ${paint(lineSign, lineColour, hasColour)} ${names[0]}  ${paint(dotSign, dotColour, hasColour)} ${names[1]}`;
  return `${title}, ${unit}${now}${key}`;
}

const lineColour = { name: 'ansiBlue', code: 34 } as const;
const dotColour = { name: 'ansiMagenta', code: 35 } as const;

function paint(text: string, { code }: { readonly code: number }, hasColour: boolean): string {
  return hasColour ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** The scale that makes the most of so many lines while each of its ticks is on a line, equally far from the next. */
function scaleOf(
  { line, dots = [], range }: TerminalChart,
  lines: number,
): { readonly scale: Scale; readonly height: number } {
  const values = [[...line, ...dots].map(({ value }) => value)];
  const fitting = [1, 2, 3, 4, 5].flatMap((intervals) => {
    const scale =
      range === 'from-zero' ? scaleFromZero(values, intervals) : scaleAround(values, range, intervals);
    const steps = scale.ticks.length - 1;
    const linesPerStep = Math.floor((lines - 1) / steps);
    return linesPerStep < 1 ? [] : [{ scale, height: steps * linesPerStep + 1 }];
  });
  const [best = { scale: scaleFromZero(values, 1), height: lines }] = fitting.toSorted(
    (a, b) => b.height - a.height || b.scale.ticks.length - a.scale.ticks.length,
  );
  return best;
}

interface Frame {
  readonly scale: Scale;
  readonly columns: number;
  readonly height: number;
  readonly look: TerminalLook;
}

function plotted(
  values: readonly (number | undefined)[],
  dots: readonly { readonly x: number; readonly y: number }[],
  { scale, columns, height, look }: Frame,
): readonly string[] {
  const lines = stretches(values);
  // Without a line the dots alone are drawn.
  const drawn = lines.length > 0 ? lines : [dots.map(({ x, y }): [number, number] => [x, y])];
  const points = dots.map((dot) => (look.hasColour ? { ...dot, color: dotColour.name } : dot));
  const text = plot(drawn, {
    width: columns,
    height,
    yRange: [scale.lowest, scale.highest],
    customYAxisTicks: [...scale.ticks],
    formatter: (value) => tickText(value, scale),
    hideXAxis: true,
    mode: lines.length > 0 ? 'line' : 'point',
    points,
    symbols: look.isUnicode ? { axis: arrowless } : asciiSymbols,
    ...(look.hasColour
      ? { color: drawn.map(() => (lines.length > 0 ? lineColour.name : dotColour.name)) }
      : {}),
  });
  // Above and below the library leaves a line of its axis.
  return text
    .split('\n')
    .map((one) => one.trimEnd())
    .filter((one) => one !== '')
    .slice(1, -1);
}

/** Columns on end of which something is known, as lines. One that is alone gets a neighbour, or nothing would be drawn. */
function stretches(values: readonly (number | undefined)[]): [number, number][][] {
  const found: [number, number][][] = [];
  let open: [number, number][] | undefined;
  for (const [column, value] of values.entries()) {
    if (value === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      found.push(open);
    }
    open.push([column, value]);
  }
  return found;
}

interface Axis {
  readonly labelWidth: number;
  readonly columns: number;
  readonly look: TerminalLook;
}

/** The axis with a mark at each label, and the labels to the right of their marks. */
function timeAxis(labels: readonly TimeLabel[], { labelWidth, columns, look }: Axis): readonly string[] {
  const [corner, dash, mark] = look.isUnicode ? ['└', '─', '┬'] : ['+', '-', '+'];
  const axis = Array.from({ length: columns }, () => dash);
  let texts = '';
  for (const { place, text } of labels) {
    const column = Math.floor(place * columns);
    if (column + text.length > columns || column < texts.length) continue;
    axis[column] = mark;
    texts = `${texts.padEnd(column)}${text} `;
  }
  const indent = ' '.repeat(labelWidth);
  return [`${indent}${corner}${axis.join('')}`, `${indent} ${texts.trimEnd()}`];
}

function columnOf(at: number, { from, to, columns }: { from: number; to: number; columns: number }): number {
  return Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns));
}
