import { statusCharts } from '../../local/plots/terminal/status-charts.ts';
import type { Decision } from '../api/answers.ts';
import type { Look } from '../output/look.ts';
import { terminalLookOf } from '../output/terminal-look.ts';
import { zoneName } from '../output/times.ts';

/** Wider charts show no more. */
const mostColumns = 160;

/** Balance, cover and price of each instrument over its last checks. Empty where there is no terminal to draw on. */
export function drawCharts(decisions: readonly (readonly Decision[])[], look: Look): string {
  if (!Number.isFinite(look.columns)) return '';
  const terminal = terminalLookOf({ ...look, columns: Math.min(mostColumns, look.columns) }, process.env);
  return decisions
    .flatMap((own) => {
      const [newest] = own;
      if (newest === undefined) return [];
      const zone = zoneName(look, Date.parse(newest.time));
      const title = `${look.paint.bold(newest.instrument)} ${look.paint.dim(`the last ${own.length} checks, times are ${zone}`)}`;
      return [[title, ...statusCharts(own, terminal)].join('\n')];
    })
    .join('\n\n');
}
