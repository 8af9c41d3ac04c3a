import { terminalChart } from '../../plots/terminal/chart.ts';
import type { TerminalLook } from '../../plots/terminal/terminal-look.ts';
import { toUnits } from '../amounts.ts';
import type { Run } from '../runner/task.ts';
import type { Recording } from '../simulate/recording.ts';
import { dayLabels } from './day-labels.ts';

const rows = 10;
/** USD that a price axis spans at least. */
const leastPriceRange = 0.1;

/** Balance and price of each recorded run, for a terminal. */
export function runCharts(runs: readonly Run[], look: TerminalLook): string {
  return runs
    .flatMap(({ trace, market, policy, recording }) => {
      if (recording === undefined) return [];
      return [
        `\n${trace}, market ${market}, ${policy}\n`,
        ...heldChart(recording, look),
        '',
        ...priceChart(recording, look),
      ];
    })
    .join('\n');
}

function heldChart(recording: Recording, look: TerminalLook): readonly string[] {
  const held = Array.from(recording.mostHeld, (most, span) => (most + (recording.leastHeld[span] ?? 0)) / 2);
  return terminalChart(
    {
      title: 'Held',
      unit: 'Units',
      line: timed(recording, held.map(toUnits)),
      holdsMs: recording.minutesPerSpan,
      range: 'from-zero',
      labels: dayLabels,
    },
    look,
    rows,
  );
}

function priceChart(recording: Recording, look: TerminalLook): readonly string[] {
  const asks = Array.from(recording.askSum, (sum) => sum / recording.minutesPerSpan / 100);
  const paid = Array.from(recording.bought, (steps, span) =>
    steps === 0 ? undefined : (recording.spent[span] ?? 0) / toUnits(steps) / 100,
  );
  return terminalChart(
    {
      title: 'Price',
      unit: 'USD per Unit',
      line: timed(recording, asks),
      dots: timed(recording, paid),
      names: ['best ask', 'paid'],
      holdsMs: recording.minutesPerSpan,
      range: leastPriceRange,
      labels: dayLabels,
    },
    look,
    rows,
  );
}

/** A trace has minutes, not times: they do as well. */
function timed({ minutesPerSpan }: Recording, values: readonly (number | undefined)[]) {
  return values.flatMap((value, span) => (value === undefined ? [] : [{ at: span * minutesPerSpan, value }]));
}
