import type { Run } from '../../runner/task.ts';
import { legend, type SummaryRow, tableCells, tableHeads } from '../table.ts';
import { costOverview } from './cost-overview.ts';
import { escapeText } from './escape-text.ts';
import { style } from './style.ts';
import { traceFigure } from './trace-figure.ts';

/** What a page shows. */
export interface PageContent {
  readonly rows: readonly SummaryRow[];
  readonly runs: readonly Run[];
  /** One sentence on what ran and under which conditions. */
  readonly description: string;
}

const colours = [
  ['demand', 'demand'],
  ['out', 'an application was refused'],
  ['held', 'Units held at least (and at most, lighter)'],
  ['bought', 'bought'],
  ['expired', 'expired unused'],
  ['ask', 'best ask'],
  ['paid', 'paid on average'],
] as const;

/** A page of its own: no script, and nothing that is loaded from anywhere. */
export function page({ rows, runs, description }: PageContent): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Backtest of top-up policies</title><style>${style}</style></head><body>
<h1>Backtest of top-up policies</h1>
<p class="faint">${escapeText(description)}</p>
<h2>Summary</h2>
${summaryTable(rows)}
<dl class="legend">${legend.map(definition).join('')}</dl>
<h2>Cost per Unit used, against the bound</h2>
<p class="legend">A stroke is a run; 1 is what somebody pays who knows the demand and buys just in time. Logarithmic; what is beyond the axis stands at its end.</p>
<div class="strips">${costOverview(runs)}</div>
<h2>Traces</h2>
<p class="legend">${colours.map(([name, words]) => `<i style="--key:var(--${name})">${words}</i>`).join(' &ensp; ')}</p>
${traceSections(runs)}
</body></html>
`;
}

function definition({ head, meaning }: (typeof legend)[number]): string {
  return `<dt>${escapeText(head)}</dt><dd>${escapeText(meaning)}</dd>`;
}

function summaryTable(rows: readonly SummaryRow[]): string {
  const body = rows.map((row, index) => {
    const isNextMarket = index > 0 && rows[index - 1]?.market !== row.market;
    return `<tr${isNextMarket ? ' class="next-market"' : ''}>${cells('td', tableCells(row))}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${cells('th', tableHeads)}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}

function cells(tag: 'th' | 'td', texts: readonly string[]): string {
  return texts.map((text) => `<${tag}>${escapeText(text)}</${tag}>`).join('');
}

function traceSections(runs: readonly Run[]): string {
  const recorded = runs.filter(({ recording }) => recording !== undefined);
  const byTrace = Map.groupBy(recorded, ({ trace }) => trace);
  return [...byTrace]
    .map(([trace, own]) => {
      const perDay = own[0]?.figures.demandPerDay ?? 0;
      const title = `<h3>${escapeText(trace)}<span>${perDay.toFixed(1)} Units a day</span></h3>`;
      return `<section class="trace">${title}\n${own.map(traceFigure).join('\n')}</section>`;
    })
    .join('\n');
}
