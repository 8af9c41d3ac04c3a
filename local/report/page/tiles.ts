import { escapeText } from '../../plots/escape-text.ts';
import type { PeriodSummary } from '../summary.ts';
import { percent, price, units, usd, wholeUnits } from './words.ts';

/** The figures that one wants to know first. */
export function tiles({ totals, instruments }: PeriodSummary): string {
  const stocks = instruments.flatMap(({ stock }) => stock ?? []);
  const used = stocks.reduce((all, stock) => all + stock.used, 0n);
  const expired = stocks.reduce((all, stock) => all + stock.expired, 0n);
  const markets = instruments.flatMap(({ market }) => market ?? []);
  const paid = markets.reduce((all, market) => all + market.paid, 0n);
  const atAsk = markets.reduce((all, market) => all + market.atAsk, 0n);
  const shown: readonly (readonly [name: string, value: string, unit: string])[] = [
    ['spent, with fees', usd(totals.spent), 'USD'],
    ['bought', wholeUnits(totals.bought), totals.bought === 1n ? 'Unit' : 'Units'],
    [
      'paid for a Unit on average',
      totals.averagePrice === undefined ? '-' : price(totals.averagePrice),
      'USD',
    ],
    ['against the best ask', percent(paid - atAsk, atAsk, true), ''],
    ['used', stocks.length === 0 ? '-' : units(used), 'Units'],
    [
      `expired at most, ${percent(expired, used + expired)} of what went`,
      stocks.length === 0 ? '-' : units(expired),
      'Units',
    ],
  ];
  const entries = shown.map(
    ([name, value, unit]) =>
      `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)} <small>${escapeText(value === '-' ? '' : unit)}</small></dd></div>`,
  );
  return `<dl class="tiles">${entries.join('')}</dl>`;
}
