import type {
  InstrumentSummary,
  MarketComparison,
  PeriodSummary,
  StockSummary,
  Totals,
} from '../../local/report/summary.ts';
import { decimalScale, formatDecimal, formatUsd } from '../../shared/ledger/decimal.ts';

/** A report without its plots and orders, for programs: amounts are decimal strings, times are ISO 8601. */
export function reportJson(summary: PeriodSummary, file: string) {
  const { stage, period, lookedAt, totals, caps, days, instruments, gaps } = summary;
  return {
    stage,
    from: iso(period.from),
    to: iso(period.to),
    lookedAt: iso(lookedAt),
    totals: totalsJson(totals),
    caps: { perDay: formatUsd(caps.perDay), perMonth: formatUsd(caps.perMonth) },
    days: days.map(({ at, orders, bought, spent, reserved, spentInMonth }) => ({
      day: iso(at).slice(0, 10),
      orders,
      bought: bought.toString(),
      spent: formatUsd(spent),
      reserved: formatUsd(reserved),
      spentInMonth: formatUsd(spentInMonth),
    })),
    instruments: instruments.map(instrumentJson),
    gaps,
    file,
  };
}

function instrumentJson({ symbol, policy, totals, market, stock }: InstrumentSummary) {
  return {
    instrument: symbol,
    policy: policy ?? null,
    ...totalsJson(totals),
    market: market === undefined ? null : marketJson(market),
    stock: stock === undefined ? null : stockJson(stock),
  };
}

function totalsJson({ orders, bought, spent, reserved, averagePrice }: Totals) {
  return {
    orders,
    bought: bought.toString(),
    spent: formatUsd(spent),
    reserved: formatUsd(reserved),
    averagePrice: averagePrice === undefined ? null : formatUsd(averagePrice),
  };
}

function marketJson({ units, paid, atAsk }: MarketComparison) {
  return { units: formatDecimal(units * decimalScale), paid: formatUsd(paid), atAsk: formatUsd(atAsk) };
}

function stockJson({ from, to, ...amounts }: StockSummary) {
  const texts = Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, formatDecimal(amount)]),
  );
  return { from: iso(from), to: iso(to), ...texts };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
