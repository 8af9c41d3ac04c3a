import { escapeText } from '../../plots/escape-text.ts';
import { htmlPage } from '../../plots/html-page.ts';
import type { PeriodSummary } from '../summary.ts';
import { instrumentSection } from './instrument-section.ts';
import { spendingSection } from './spending-section.ts';
import { dayTable, orderTable, totalsTable } from './tables.ts';
import { tiles } from './tiles.ts';
import { momentText } from './words.ts';

const style = `
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.7rem;margin:1.2rem 0 0;padding:0}
.tiles div{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:.6rem .8rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tiles dt{color:var(--faint);font-size:.8rem}.tiles dd{margin:0;font-size:1.3rem;font-weight:650;line-height:1.3}
.tiles dd small{font-size:.8rem;font-weight:400;color:var(--faint)}
ul.gaps{padding-left:1.2rem;margin:.4rem 0}ul.gaps li{margin:.2rem 0}
.text td:nth-child(-n+4){text-align:left}
details summary{cursor:pointer;padding:.4rem 0;font-weight:600}
.flow tr>:last-child{white-space:normal;text-align:left;color:var(--faint);min-width:6rem}
h2 small{font-weight:400;color:var(--faint);font-size:.85rem;margin-left:.5rem}
@media (max-width:40rem){h2 small{display:block;margin:0}.tiles dd{font-size:1.15rem}}
`;

/**
 * A report as one page of its own: no script, nothing that is loaded, readable on a phone, in light and in dark.
 */
export function reportPage(summary: PeriodSummary): string {
  const { stage, period, lookedAt, gaps, instruments } = summary;
  const body = `<p class="faint">${escapeText(`${momentText(period.from)} to ${momentText(period.to)}. All times are UTC. Made ${momentText(lookedAt)}.`)}</p>
${tiles(summary)}
${gapList(gaps)}
<h2>In all</h2>
${totalsTable(summary)}
${spendingSection(summary)}
${instruments.map((instrument) => instrumentSection(instrument, summary)).join('\n')}
<h2>Day by day</h2>
${dayTable(summary)}
<h2>Orders</h2>
${orderTable(summary)}
${explanation}`;
  return htmlPage({ title: `Report of stage ${stage}`, style, body });
}

function gapList(gaps: readonly string[]): string {
  if (gaps.length === 0) return '';
  return `<h2>What is missing here</h2>
<ul class="gaps">${gaps.map((gap) => `<li>${escapeText(gap)}</li>`).join('')}</ul>`;
}

const explanation = `<h2>How it was worked out</h2>
<p class="legend">Orders and money are exact: they are the records of the service, and an order belongs to the UTC day on which it was made, as in the budgets. Balances, cover and best asks are what the balance checks read.</p>
<p class="legend">The exchange does not say what was used and what expired. Both follow from the balances: what came is what orders bought, what fell is use or expiry. Units are used oldest first and live for four hours. What fell while such a lot ended counts as expired, up to what was left of it, so that <b>expired is the most that it can have been</b>; all the rest was used. Units that came although no order here bought them, by hand or from another program, are counted apart. A purchase that the balance never shows as a rise counts as arrived a quarter of an hour after its record last changed.</p>
<p class="legend">Caps are those of the moment at which the report was made.</p>`;
