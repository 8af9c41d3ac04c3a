import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import type { Samples } from '../samples.ts';

/** Units and prices of the last quarter of an hour. */
export function Plots({ samples }: { readonly samples: Samples }) {
  return (
    <div class="two">
      <Plot
        title="Units held"
        data={[[...samples.time], [...samples.held]]}
        series={[
          { label: 'Units', stroke: colour('--held'), fill: colour('--held-fill'), points: { show: false } },
        ]}
        startsAtZero
      />
      <Plot
        title="Price, USD per Unit"
        data={[[...samples.time], [...samples.ask], [...samples.paid]]}
        series={[
          { label: 'best ask', stroke: colour('--ask'), points: { show: false } },
          {
            label: 'paid',
            stroke: colour('--paid'),
            paths: () => null,
            points: { show: true, size: 9, fill: colour('--paid') },
          },
        ]}
      />
    </div>
  );
}

interface PlotProps {
  readonly title: string;
  readonly data: UPlot.AlignedData;
  readonly series: readonly UPlot.Series[];
  readonly startsAtZero?: boolean;
}

const height = 190;

function Plot({ title, data, series, startsAtZero = false }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const made = new UPlot(options(element.clientWidth, series, startsAtZero), data, element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // The plot is made once; what is new in it comes below.
  }, []);
  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <section>
      <h2>{title}</h2>
      <div class="plot" ref={place} role="img" aria-label={title} />
    </section>
  );
}

function options(width: number, series: readonly UPlot.Series[], startsAtZero: boolean): UPlot.Options {
  const axis = {
    stroke: colour('--faint'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    cursor: { y: false },
    scales: { y: { range: startsAtZero ? fromZero : around } },
    axes: [axis, axis],
    series: [
      { value: (_plot, time) => (time === null ? '' : new Date(time * 1_000).toLocaleTimeString()) },
      ...series,
    ],
  };
}

function fromZero(_plot: UPlot, _low: number, high: number): UPlot.Range.MinMax {
  return [0, Math.max(1, high * 1.1)];
}

/** Prices hardly move: a flat line is shown with some cents around it. */
function around(_plot: UPlot, low: number, high: number): UPlot.Range.MinMax {
  return [low - 0.05, high + 0.05];
}

/** A colour of the page's style, light or dark as it is. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
