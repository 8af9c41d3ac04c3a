import type { Plot } from '../../plots/plot.ts';
import { scaleAround, scaleBothWays, scaleFromZero } from '../../plots/scale.ts';
import { dateText, type TimeLabel, timeLabels, timeText } from '../../plots/time-axis.ts';
import { dayMs, minuteMs } from '../period.ts';
import type { InstrumentSummary, PeriodSummary, SpanSummary } from '../summary.ts';
import { price, toNumber, units, wholeUnits } from './words.ts';

type Report = Pick<PeriodSummary, 'period' | 'spans'>;

const mostLabels = 8;

/** Units live no longer: more cover than this is worth no more. Minutes. */
const longestCover = 240;

/** USD that a price axis spans at least. */
const leastPriceRange = 0.04;

/** What could be used, between its least and its most, and what was on its way. Undefined if no balance is known. */
export function heldPlot({ spans }: InstrumentSummary, report: Report): Plot | undefined {
  const most = numbers(spans, ({ mostHeld }) => mostHeld);
  if (most.every((value) => value === undefined)) return undefined;
  const least = numbers(spans, ({ leastHeld }) => leastHeld);
  const incoming = numbers(spans, ({ incoming: onTheWay }) => onTheWay);
  return {
    title: 'Held',
    unit: 'Units',
    scale: scaleFromZero([most, incoming]),
    labels: labelsOf(report),
    layers: [
      { kind: 'area', colour: 'held', name: 'at most', values: most, isFaint: true },
      { kind: 'area', colour: 'held', name: 'at least', values: least },
      { kind: 'line', colour: 'incoming', name: 'on the way, at most', values: incoming, isFaint: true },
    ],
    hover: hover(spans, report, ({ leastHeld, mostHeld, incoming: onTheWay }) =>
      leastHeld === undefined || mostHeld === undefined
        ? 'no check'
        : `${units(leastHeld)} to ${units(mostHeld)} Units held, up to ${units(onTheWay ?? 0n)} on the way`,
    ),
  };
}

/** What was bought rises; what was used and what expired hang below, one behind the other. */
export function turnoverPlot({ spans }: InstrumentSummary, report: Report): Plot {
  const bought = spans.map((span) => Number(span.bought));
  const gone = spans.map(({ used, expired }) => toNumber(used + expired));
  const used = spans.map((span) => toNumber(span.used));
  return {
    title: 'Bought, and below what was used and what expired',
    unit: `Units in ${spanText(report)}`,
    scale: scaleBothWays(bought, gone),
    labels: labelsOf(report),
    layers: [
      { kind: 'area', colour: 'bought', name: 'bought', values: bought },
      { kind: 'area', colour: 'expired', name: 'expired at most', values: gone.map((value) => -value) },
      { kind: 'area', colour: 'used', name: 'used', values: used.map((value) => -value) },
    ],
    hover: hover(
      spans,
      report,
      (span) =>
        `${wholeUnits(span.bought)} Units bought, ${units(span.used)} used, ${units(span.expired)} expired at most`,
    ),
  };
}

/** For how long Units last, at the worst. Undefined if no policy estimates it. */
export function coverPlot({ spans }: InstrumentSummary, report: Report): Plot | undefined {
  const cover = spans.map(({ leastCover }) =>
    leastCover === undefined ? undefined : Math.min(longestCover, leastCover),
  );
  if (cover.every((value) => value === undefined)) return undefined;
  return {
    title: 'Cover',
    unit: 'minutes until the Units are used up, four hours at most',
    scale: scaleFromZero([cover]),
    labels: labelsOf(report),
    layers: [{ kind: 'area', colour: 'cover', name: 'at least', values: cover }],
    hover: hover(spans, report, ({ leastCover }) =>
      leastCover === undefined ? 'not known' : `enough for ${Math.round(leastCover)} minutes at least`,
    ),
  };
}

/** What was paid against the market. Undefined if neither is known. */
export function pricePlot({ spans, maximumPrice }: InstrumentSummary, report: Report): Plot | undefined {
  const asks = numbers(spans, ({ ask }) => ask);
  const paid = numbers(spans, (span) => span.paid);
  const known = [...asks, ...paid].filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  // A cap far above the market would press everything else flat.
  const cap = toNumber(maximumPrice);
  const range = Math.max(leastPriceRange, Math.max(...known) - Math.min(...known));
  const isNear = cap - Math.max(...known) <= range;
  const caps = isNear ? spans.map(() => cap) : [];
  return {
    title: 'Price',
    unit: 'USD per Unit',
    scale: scaleAround([asks, paid, caps], leastPriceRange),
    labels: labelsOf(report),
    layers: [
      ...(isNear
        ? ([{ kind: 'line', colour: 'cap', name: 'the most it may pay', values: caps }] as const)
        : []),
      { kind: 'line', colour: 'ask', name: 'best ask on average', values: asks },
      { kind: 'dots', colour: 'paid', name: 'paid on average', values: paid },
    ],
    hover: hover(spans, report, ({ ask, paid: average, bought }) => {
      const market = ask === undefined ? 'best ask not known' : `best ask ${price(ask)} USD`;
      return average === undefined
        ? `${market}, nothing bought`
        : `${market}, ${wholeUnits(bought)} Units bought for ${price(average)} USD each`;
    }),
  };
}

function numbers(
  spans: readonly SpanSummary[],
  value: (span: SpanSummary) => bigint | undefined,
): readonly (number | undefined)[] {
  return spans.map((span) => {
    const exact = value(span);
    return exact === undefined ? undefined : toNumber(exact);
  });
}

/** The last span may reach beyond the period; the axis goes as far as the spans do. */
function labelsOf({ period, spans }: Report): readonly TimeLabel[] {
  return timeLabels(period.from, period.from + spans.count * spans.lengthMs, mostLabels);
}

function hover(
  all: readonly SpanSummary[],
  { period, spans }: Report,
  words: (span: SpanSummary) => string,
): (span: number) => string {
  return (index) => {
    const span = all[index];
    const at = period.from + index * spans.lengthMs;
    const end = at + spans.lengthMs;
    const until = spans.lengthMs < dayMs ? ` to ${timeText(end)}` : ` to ${dateText(end)} ${timeText(end)}`;
    return span === undefined ? '' : `${dateText(at)}, ${timeText(at)}${until}: ${words(span)}`;
  };
}

function spanText({ spans }: Report): string {
  const minutes = spans.lengthMs / minuteMs;
  if (minutes < 60) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  if (minutes < 1440) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return minutes === 1440 ? 'a day' : `${minutes / 1440} days`;
}
