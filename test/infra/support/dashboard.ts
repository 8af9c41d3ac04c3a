import type { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { resourceOf } from './resources.ts';

const widgetSchema = v.object({
  type: v.string(),
  x: v.number(),
  y: v.number(),
  width: v.number(),
  height: v.number(),
  properties: v.looseObject({
    title: v.optional(v.string()),
    markdown: v.optional(v.string()),
    alarms: v.optional(v.array(v.string())),
    stacked: v.optional(v.boolean(), false),
    metrics: v.optional(v.array(v.array(v.unknown())), []),
  }),
});

const series = v.looseObject({
  label: v.optional(v.string()),
  color: v.optional(v.string()),
  expression: v.optional(v.string()),
  visible: v.optional(v.boolean(), true),
});

/** A widget of a dashboard, with its place in the grid of 24 columns. */
export interface DashboardWidget {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isStacked: boolean;
  /** What is drawn, by label. Metrics that only an expression needs are not. */
  readonly series: readonly { readonly label: string; readonly color: string | undefined }[];
  readonly alarms: number;
}

/** The text of the dashboard's body; what the template refers to is an `x`. */
export function dashboardBody(template: Template): string {
  const { Properties } = resourceOf(template, 'AWS::CloudWatch::Dashboard');
  const join = v.object({ 'Fn::Join': v.tuple([v.literal(''), v.array(v.unknown())]) });
  const [, parts] = v.parse(join, Properties['DashboardBody'])['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}

/** The widgets of the dashboard, from the top down and from left to right. */
export function dashboardWidgets(template: Template): readonly DashboardWidget[] {
  const body = v.parse(v.object({ widgets: v.array(widgetSchema) }), JSON.parse(dashboardBody(template)));
  return body.widgets
    .map(({ properties, x, y, width, height }) => ({
      title: properties.title ?? properties.markdown ?? '',
      x,
      y,
      width,
      height,
      isStacked: properties.stacked,
      series: properties.metrics.flatMap(seriesOf),
      alarms: properties.alarms?.length ?? 0,
    }))
    .toSorted((one, other) => one.y - other.y || one.x - other.x);
}

function seriesOf(metric: readonly unknown[]): DashboardWidget['series'] {
  const { visible, label, expression, color } = v.parse(series, metric.at(-1));
  return visible ? [{ label: label ?? expression ?? '', color }] : [];
}

const columnWidth = 6;
const linesPerUnit = 2;

/** Draws the widgets as boxes of text, as they would stand on the page, for people to look at. */
export function drawDashboard(widgets: readonly DashboardWidget[]): string {
  const lines = Math.max(...widgets.map(({ y, height }) => (y + height) * linesPerUnit));
  const canvas = Array.from({ length: lines }, () => Array<string>(24 * columnWidth).fill(' '));
  const write = (line: number, column: number, text: string): void => {
    for (const [index, character] of text.split('').entries()) {
      const row = canvas[line];
      if (row !== undefined) row[column + index] = character;
    }
  };
  for (const widget of widgets)
    for (const [index, text] of box(widget).entries()) {
      write(widget.y * linesPerUnit + index, widget.x * columnWidth, text);
    }
  return canvas.map((row) => row.join('').trimEnd()).join('\n');
}

function box({ title, width, height, isStacked, series: drawn, alarms }: DashboardWidget): readonly string[] {
  const inner = width * columnWidth - 2;
  const [heading = '', ...more] = title.split('\n');
  const legend = drawn.map(({ label }) => label).join(' · ');
  const content = [
    heading,
    ...more,
    ...(legend === '' ? [] : wrapped(`${isStacked ? 'stacked: ' : ''}${legend}`, inner)),
    ...(alarms === 0 ? [] : [`${alarms} alarms`]),
  ];
  const rows = height * linesPerUnit - 2;
  return [
    `┌${'─'.repeat(inner)}┐`,
    ...Array.from(
      { length: rows },
      (_, index) => `│${(content[index] ?? '').slice(0, inner).padEnd(inner)}│`,
    ),
    `└${'─'.repeat(inner)}┘`,
  ];
}

function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`.trimStart();
    else lines.push(word);
  }
  return lines;
}
