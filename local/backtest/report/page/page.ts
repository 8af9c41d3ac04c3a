import { escapeText } from '../../../plots/escape-text.ts';
import { htmlPage, htmlTable } from '../../../plots/html-page.ts';
import type { Run } from '../../runner/task.ts';
import { legend, type SummaryRow, tableCells, tableHeads } from '../table.ts';
import { costOverview } from './cost-overview.ts';
import { traceFigure } from './trace-figure.ts';

/** What a page shows. */
export interface PageContent {
  readonly rows: readonly SummaryRow[];
  readonly runs: readonly Run[];
  /** One sentence on what ran and under which conditions. */
  readonly description: string;
}

const style = `
dl{display:grid;grid-template-columns:max-content 1fr;gap:.05rem .8rem;margin:.8rem 0}dt{font-weight:600}dd{margin:0}
td:nth-child(2),th:nth-child(2){text-align:left}tr.next-market>*{border-top:2px solid var(--line)}
.strips{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.5rem}
.row{display:grid;grid-template-columns:9.5rem 1fr;align-items:center;gap:.5rem;font-size:.8rem}
.row svg{width:100%;height:20px;display:block}.ticks{position:relative;height:1.2em;color:var(--faint)}
.ticks span{position:absolute;transform:translateX(-50%)}path.run{stroke:var(--demand);stroke-width:1.5;stroke-opacity:.8}
h3 span{font-weight:400;color:var(--faint);margin-left:.5em}
figure{--plot-height:96px;margin:.6rem 0 0}figure+figure{margin-top:2rem;padding-top:1.2rem;border-top:1px solid var(--line)}
figcaption{font-size:.85rem;margin-bottom:.3rem}figcaption span{color:var(--faint);margin-left:.4em}
@media (max-width:40rem){.row{grid-template-columns:7.5rem 1fr;font-size:.72rem}dl{grid-template-columns:1fr}dd{margin:0 0 .3rem}}
`;

/** The backtest as a page. */
export function page({ rows, runs, description }: PageContent): string {
  const body = `<p class="faint">${escapeText(description)}</p>
<h2>Summary</h2>
${summaryTable(rows)}
<dl class="legend">${legend.map(definition).join('')}</dl>
<h2>Cost per Unit used, against the bound</h2>
<p class="legend">A stroke is a run; 1 is what somebody pays who knows the demand and buys just in time. Logarithmic; what is beyond the axis stands at its end.</p>
<div class="strips">${costOverview(runs)}</div>
<h2>Traces</h2>
<p class="legend">Times are those of the trace, which begins at midnight of a Monday, UTC.</p>
${traceSections(runs)}`;
  return htmlPage({ title: 'Backtest of top-up policies', style, body });
}

function definition({ head, meaning }: (typeof legend)[number]): string {
  return `<dt>${escapeText(head)}</dt><dd>${escapeText(meaning)}</dd>`;
}

function summaryTable(rows: readonly SummaryRow[]): string {
  return htmlTable('Summary', tableHeads, rows.map(tableCells), (index) =>
    index > 0 && rows[index - 1]?.market !== rows[index]?.market ? 'next-market' : '',
  );
}

function traceSections(runs: readonly Run[]): string {
  const recorded = runs.filter(({ recording }) => recording !== undefined);
  const byTrace = Map.groupBy(recorded, ({ trace }) => trace);
  return [...byTrace]
    .map(([trace, own]) => {
      const perDay = own[0]?.figures.demandPerDay ?? 0;
      const title = `<h3>${escapeText(trace)}<span>${perDay.toFixed(1)} Units a day</span></h3>`;
      return `<section class="panel">${title}\n${own.map(traceFigure).join('\n')}</section>`;
    })
    .join('\n');
}
