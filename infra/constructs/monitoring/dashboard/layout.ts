import { Column, GraphWidget, type IMetric, type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** A graph before it is known how much room it gets. */
export interface Graph {
  /** What it shows, with its unit. */
  readonly title: string;
  readonly metrics: readonly IMetric[];
  /** Whether the values add up to something that is worth seeing. Default: a line for each. */
  readonly isStacked?: boolean;
  /** Whether differences count and not the distance from nothing, as with prices. Default: the axis begins at 0. */
  readonly isZoomed?: boolean;
}

/** A place in a row: one graph, or several on top of each other. */
export type Cell = Graph | readonly Graph[];

const fullWidth = 24;

/** A row of cells that share its width equally. CloudWatch refuses graphs of nothing; such are left out. */
export function row(height: number, ...cells: readonly Cell[]): IWidget[] {
  const shown = cells
    .map((cell) => ('title' in cell ? [cell] : cell).filter(({ metrics }) => metrics.length > 0))
    .filter((graphs) => graphs.length > 0);
  const width = Math.floor(fullWidth / shown.length);
  return shown.map(
    (graphs) => new Column(...graphs.map((graph) => draw(graph, width, Math.floor(height / graphs.length)))),
  );
}

const mostInARow = 4;

/** The same in as many rows as are needed to read them, with about as many cells in each. */
export function rows(height: number, cells: readonly Cell[]): IWidget[][] {
  const lines = Math.ceil(cells.length / mostInARow);
  const perRow = Math.ceil(cells.length / lines);
  const starts = Array.from({ length: lines }, (_, index) => index * perRow);
  return starts.map((start) => row(height, ...cells.slice(start, start + perRow)));
}

/** A line over the whole width. */
export function text(markdown: string, height = 1): IWidget[] {
  return [new TextWidget({ markdown, width: fullWidth, height })];
}

function draw({ title, metrics, isStacked = false, isZoomed = false }: Graph, width: number, height: number) {
  return new GraphWidget({
    title,
    left: [...metrics],
    stacked: isStacked,
    width,
    height,
    leftYAxis: { ...(isZoomed ? {} : { min: 0 }), showUnits: false },
  });
}
