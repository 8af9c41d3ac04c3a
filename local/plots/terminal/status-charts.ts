import { timeLabels } from '../time-axis.ts';
import { beside } from './beside.ts';
import { type TerminalChart, terminalChart } from './chart.ts';
import type { TimedValue } from './resample.ts';
import type { TerminalLook } from './terminal-look.ts';

/** What of a decision is drawn. */
export interface DrawnDecision {
  /** ISO 8601. */
  readonly time: string;
  readonly usable: string;
  readonly coverMinutes: number | null;
  readonly bestAsk: string | null;
}

/** Checks come every minute or so; after some that are missing nothing is known. */
const holdsMs = 5 * 60_000;
/** Units live no longer. Minutes. */
const longestCover = 240;
const rows = 10;
const gap = 3;
const readableColumns = 40;

/**
 * Balance, cover and price of one instrument over its last decisions: beside each other where there is room, otherwise
 * below each other.
 *
 * @param decisions of one instrument, in any order
 */
export function statusCharts(decisions: readonly DrawnDecision[], look: TerminalLook): readonly string[] {
  const charts = chartsOf(
    decisions.toSorted((a, b) => a.time.localeCompare(b.time)),
    look.zone,
  );
  const width = Math.floor((look.columns - gap * (charts.length - 1)) / charts.length);
  if (width >= readableColumns) {
    const drawn = charts.map((chart) => terminalChart(chart, { ...look, columns: width }, rows));
    return beside(drawn, width, gap);
  }
  return charts.flatMap((chart, index) => [...(index > 0 ? [''] : []), ...terminalChart(chart, look, rows)]);
}

function chartsOf(decisions: readonly DrawnDecision[], zone: string): readonly TerminalChart[] {
  const over = (value: (decision: DrawnDecision) => string | number | null): readonly TimedValue[] =>
    decisions.flatMap((decision) => {
      const drawn = value(decision);
      return drawn === null ? [] : [{ at: Date.parse(decision.time), value: Number(drawn) }];
    });
  const labels: TerminalChart['labels'] = (from, to, most) => timeLabels(from, to, most, zone);
  const cover = over(({ coverMinutes }) =>
    coverMinutes === null ? null : Math.min(longestCover, coverMinutes),
  );
  return [
    { title: 'Held', unit: 'Units', line: over(({ usable }) => usable), holdsMs, range: 'from-zero', labels },
    // Not every policy estimates it.
    ...(cover.length === 0
      ? []
      : ([{ title: 'Cover', unit: 'minutes', line: cover, holdsMs, range: 'from-zero', labels }] as const)),
    { title: 'Best ask', unit: 'USD', line: over(({ bestAsk }) => bestAsk), holdsMs, range: 0.04, labels },
  ];
}
