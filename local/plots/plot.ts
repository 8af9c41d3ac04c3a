import { escapeText } from './escape-text.ts';
import { areaPath, barsPath, dotsPath, heightOf, linePath, marksPath, plotHeight } from './paths.ts';
import { type Scale, shareOf, tickText, type Values } from './scale.ts';
import type { Colour } from './style.ts';
import type { TimeLabel } from './time-axis.ts';

const drawings = {
  area: areaPath,
  bars: barsPath,
  dots: dotsPath,
  line: linePath,
  marks: marksPath,
} as const;

/** One series in a plot, drawn over those before it. */
export interface Layer {
  readonly kind: keyof typeof drawings;
  readonly colour: Colour;
  /** What it is, for the key above the plot. */
  readonly name: string;
  /** A value for each span of time. */
  readonly values: Values;
  /** Shows through. */
  readonly isFaint?: boolean;
}

/** A plot of values over spans of time of the same length. */
export interface Plot {
  readonly title: string;
  /** What the numbers at the left are, such as `USD per Unit`. */
  readonly unit: string;
  readonly scale: Scale;
  readonly layers: readonly Layer[];
  readonly labels: readonly TimeLabel[];
  /** Shown while the pointer is over a span; empty for nothing. */
  readonly hover?: (span: number) => string;
}

/**
 * A plot as HTML: the picture is stretched to the room there is, while its labels are text beside it and stay readable.
 */
export function drawPlot(plot: Plot): string {
  const { title, unit, scale, layers } = plot;
  const spans = Math.max(1, ...layers.map(({ values }) => values.length));
  const grid = scale.ticks.map((tick) => `M0 ${heightOf(tick, scale)}h${spans}`).join('');
  const zero = scale.lowest < 0 ? `<path class="zero" d="M0 ${heightOf(0, scale)}h${spans}"/>` : '';
  return `<div class="plot"><p><span><b>${escapeText(title)}</b> ${escapeText(unit)}</span>${keysOf(layers)}</p>
<div class="frame"><div class="ys" aria-hidden="true">${scale.ticks.map((tick) => yLabel(tick, scale)).join('')}</div>
<svg viewBox="0 0 ${spans} ${plotHeight}" preserveAspectRatio="none" role="img" aria-label="${escapeText(wordsOf(plot))}"><path class="grid" d="${grid}"/>${zero}${layers.map((layer) => drawLayer(layer, scale)).join('')}${hoverAreas(plot, spans)}</svg>
<div class="xs" aria-hidden="true">${plot.labels.map(xLabel).join('')}</div></div></div>`;
}

function keysOf(layers: readonly Layer[]): string {
  return layers
    .map(
      ({ kind, colour, name, isFaint }) =>
        `<i class="${kind}${isFaint === true ? ' soft' : ''}" style="--key:var(--${colour})">${escapeText(name)}</i>`,
    )
    .join('');
}

function drawLayer({ kind, colour, values, isFaint }: Layer, scale: Scale): string {
  const commands = drawings[kind](values, scale);
  if (commands === '') return '';
  return `<path class="${kind}${isFaint === true ? ' soft' : ''}" style="--key:var(--${colour})" d="${commands}"/>`;
}

/** What one sees, in a sentence for those who do not see it. */
function wordsOf({ title, unit, scale, layers }: Plot): string {
  const names = layers.map(({ name }) => name).join(', ');
  return `${title}: ${names}. ${unit}, from ${tickText(scale.lowest, scale)} to ${tickText(scale.highest, scale)}.`;
}

function yLabel(tick: number, scale: Scale): string {
  // Below 0 hangs what is counted upwards from there.
  return `<span style="top:${percent(1 - shareOf(tick, scale))}">${tickText(Math.abs(tick), scale)}</span>`;
}

/** At the right end there is no room for a label, the less so on a phone. */
const lastPlace = 0.95;
const lastPlaceOnPhone = 0.82;

function xLabel({ place, text }: TimeLabel, index: number): string {
  if (place > lastPlace) return '';
  const isMinor = index % 2 === 1 || place > lastPlaceOnPhone;
  return `<span${isMinor ? ' class="minor"' : ''} style="left:${percent(place)}">${escapeText(text)}</span>`;
}

function hoverAreas({ hover }: Plot, spans: number): string {
  if (hover === undefined) return '';
  const areas = Array.from({ length: spans }, (_, span) => {
    const text = hover(span);
    return text === ''
      ? ''
      : `<path d="M${span} 0h1v${plotHeight}h-1z"><title>${escapeText(text)}</title></path>`;
  });
  return `<g class="hover">${areas.join('')}</g>`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
