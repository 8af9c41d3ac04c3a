import { htmlTable } from '../../plots/html-page.ts';
import { dateText, timeText } from '../../plots/time-axis.ts';
import type { MarketComparison, PeriodSummary, StockSummary, Totals } from '../summary.ts';
import { percent, price, units, usd, wholeUnits } from './words.ts';

/** A row for each instrument, and one for all of them. */
export function totalsTable({ instruments, totals }: PeriodSummary): string {
  const rows = instruments.map((one) => [
    one.symbol,
    ...totalCells(one.totals),
    ...marketCells(one.market),
    ...stockCells(one.stock),
  ]);
  const heads = [
    'instrument',
    'orders',
    'bought',
    'spent, USD',
    'USD per Unit',
    'best ask then',
    'difference',
    'used',
    'expired',
  ];
  const all = ['all', ...totalCells(totals), '', '', '', ''];
  return htmlTable('Totals', heads, instruments.length === 1 ? rows : [...rows, all]);
}

function totalCells({ orders, bought, spent, averagePrice }: Totals): readonly string[] {
  const average = averagePrice === undefined ? '-' : price(averagePrice);
  return [String(orders), wholeUnits(bought), usd(spent), average];
}

/** What was paid is of the orders whose market is known, so the difference says more than the two prices. */
function marketCells(market: MarketComparison | undefined): readonly string[] {
  if (market === undefined) return ['-', '-'];
  return [price(market.atAsk / market.units), percent(market.paid - market.atAsk, market.atAsk, true)];
}

function stockCells(stock: StockSummary | undefined): readonly string[] {
  return stock === undefined ? ['-', '-'] : [units(stock.used), units(stock.expired)];
}

/** The days as numbers, for those who do not see the plots. */
export function dayTable({ days, caps }: PeriodSummary): string {
  return htmlTable(
    'Day by day',
    [
      'UTC day',
      'orders',
      'bought',
      'spent, USD',
      'of the cap',
      'held for open orders',
      'month so far, USD',
      'of the cap',
    ],
    days.map(({ at, orders, bought, spent, reserved, spentInMonth }) => [
      dateText(at),
      String(orders),
      wholeUnits(bought),
      usd(spent),
      percent(spent, caps.perDay),
      usd(reserved),
      usd(spentInMonth),
      percent(spentInMonth, caps.perMonth),
    ]),
  );
}

/** All orders of the period, newest first, folded away. */
export function orderTable({ orders }: PeriodSummary): string {
  if (orders.length === 0) return '<p>No order was made in this period.</p>';
  const rows = orders
    .toReversed()
    .map(({ at, instrument, source, state, quantity, filled, limitPrice, averagePrice, ask, spent, id }) => [
      `${dateText(at)}, ${timeText(at)}`,
      instrument,
      source,
      state,
      wholeUnits(quantity),
      wholeUnits(filled),
      price(limitPrice),
      averagePrice === undefined ? '-' : price(averagePrice),
      ask === undefined ? '-' : price(ask),
      usd(spent),
      id,
    ]);
  const table = htmlTable(
    'Orders',
    [
      'made, UTC',
      'instrument',
      'by',
      'state',
      'Units',
      'bought',
      'limit',
      'paid',
      'best ask',
      'spent, USD',
      'id',
    ],
    rows,
  );
  const one = orders.length === 1;
  return `<details><summary>${one ? 'The one order' : `All ${wholeUnits(BigInt(orders.length))} orders`}, newest first</summary><div class="text">${table}</div></details>`;
}
