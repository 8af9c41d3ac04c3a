import { escapeText } from '../../plots/escape-text.ts';
import { htmlTable } from '../../plots/html-page.ts';
import { drawPlot } from '../../plots/plot.ts';
import type { InstrumentSummary, PeriodSummary, StockSummary } from '../summary.ts';
import { coverPlot, heldPlot, pricePlot, turnoverPlot } from './instrument-plots.ts';
import { momentText, price, units } from './words.ts';

/** An instrument in plots, and where its Units went. */
export function instrumentSection(instrument: InstrumentSummary, report: PeriodSummary): string {
  const { symbol, policy, maximumPrice, stock, totals } = instrument;
  const facts = `${policy === undefined ? 'not topped up' : `topped up by ${policy}`}, at most ${price(maximumPrice)} USD for a Unit`;
  const title = `<h2>${escapeText(symbol)}<small>${escapeText(facts)}</small></h2>`;
  if (stock === undefined && totals.orders === 0) {
    return `${title}<p>Nothing was ordered, and no balance is known.</p>`;
  }
  const plots = [
    heldPlot(instrument, report),
    turnoverPlot(instrument, report),
    coverPlot(instrument, report),
    pricePlot(instrument, report),
  ].flatMap((plot) => (plot === undefined ? [] : [drawPlot(plot)]));
  return `${title}<section class="panel">${plots.join('\n')}</section>
${stock === undefined ? '' : flowTable(symbol, stock)}`;
}

/** What came is what went and what is left: the sums are exact. */
function flowTable(symbol: string, stock: StockSummary): string {
  const rows: readonly (readonly [string, bigint, string])[] = [
    ['held before', stock.heldBefore, momentText(stock.from)],
    ['+ bought', stock.arrived, 'by orders of this service, as it came into the balance'],
    ['+ from elsewhere', stock.appeared, 'came, and no order here bought it'],
    ['− used', stock.used, 'fell, and did not expire'],
    ['− expired', stock.expired, 'at most: fell while a lot reached its four hours'],
    ['= held after', stock.heldAfter, momentText(stock.to)],
    ['on the way', stock.onTheWay, 'bought, and not seen in the balance by then'],
  ];
  return `<div class="flow">${htmlTable(
    `Where the Units of ${symbol} went`,
    ['where they went', 'Units', 'what that is'],
    rows.map(([name, amount, meaning]) => [name, units(amount), meaning]),
  )}</div>`;
}
