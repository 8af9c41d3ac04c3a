import { decimalScale, maximum, minimum, parseForeignDecimal } from '../../shared/ledger/decimal.ts';
import type { CollectedPeriod } from './collect.ts';
import { followLots, type StockMove } from './follow-lots.ts';
import { findGaps } from './gaps.ts';
import { dayMs, dayOf, minuteMs, monthOf, type Period } from './period.ts';
import type { DecisionView, OrderView } from './read-api.ts';
import { intoSpans, type Spans, spansOf } from './spans.ts';
import type {
  DaySummary,
  InstrumentSummary,
  MarketComparison,
  OrderRow,
  PeriodSummary,
  SpanSummary,
  StockSummary,
  Totals,
} from './summary.ts';

/** A best ask that was read longer ago tells nothing about the market of an order. */
const askIsFreshMs = 5 * minuteMs;

/** A decision with its amounts read. */
interface Check {
  readonly at: number;
  readonly usable: bigint;
  readonly incoming: bigint;
  readonly cover: number | undefined;
  /** As it was last read, and when. */
  readonly ask: bigint | undefined;
  readonly askReadAt: number;
}

/** Makes of what was collected what the report says. Pure and exact. */
export function summarize(collected: CollectedPeriod): PeriodSummary {
  const { period, status } = collected;
  const spans = spansOf(period);
  const checks = new Map(
    [...collected.decisions].map(([symbol, decisions]) => [symbol, decisions.map(checkOf)] as const),
  );
  const rows = collected.orders.map((order) => rowOf(order, checks.get(order.instrument) ?? []));
  const orders = rows.filter(({ at }) => isIn(period, at));
  return {
    stage: status.stage,
    period,
    lookedAt: Date.parse(status.time),
    spans,
    instruments: status.instruments.map(({ symbol, policy, maximumPrice }) => ({
      symbol,
      policy: policy ?? undefined,
      maximumPrice: exact(maximumPrice),
      ...instrumentFigures(
        period,
        spans,
        orders.filter(({ instrument }) => instrument === symbol),
        checks.get(symbol) ?? [],
        collected.orders.filter(({ instrument }) => instrument === symbol),
      ),
    })),
    days: daysOf(period, rows),
    caps: { perDay: exact(status.limits.perDay), perMonth: exact(status.limits.perMonth) },
    orders,
    totals: totalsOf(orders),
    gaps: findGaps(collected),
  };
}

function instrumentFigures(
  period: Period,
  spans: Spans,
  orders: readonly OrderRow[],
  checks: readonly Check[],
  purchases: readonly OrderView[],
): Pick<InstrumentSummary, 'totals' | 'market' | 'stock' | 'spans'> {
  const { moves, onTheWay } = followLots(checks, purchases.map(purchaseOf));
  const moved = moves.filter(({ to }) => isIn(period, to));
  return {
    totals: totalsOf(orders),
    market: compareWithMarket(orders),
    stock: stockOf(moved, onTheWay),
    spans: spanSummaries(period, spans, { orders, checks, moves: moved }),
  };
}

function purchaseOf({ filledQuantity, sentAt, createdAt, updatedAt }: OrderView) {
  return {
    units: BigInt(filledQuantity) * decimalScale,
    earliest: Date.parse(sentAt ?? createdAt),
    latest: Date.parse(updatedAt),
  };
}

function stockOf(moves: readonly StockMove[], onTheWay: bigint): StockSummary | undefined {
  const [first] = moves;
  const last = moves.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    from: first.from,
    to: last.to,
    heldBefore: first.before,
    arrived: sum(moves, ({ arrived }) => arrived),
    appeared: sum(moves, ({ appeared }) => appeared),
    used: sum(moves, ({ used }) => used),
    expired: sum(moves, ({ expired }) => expired),
    heldAfter: last.after,
    onTheWay,
  };
}

interface Happened {
  readonly orders: readonly OrderRow[];
  readonly checks: readonly Check[];
  readonly moves: readonly StockMove[];
}

function spanSummaries(
  period: Period,
  spans: Spans,
  { orders, checks, moves }: Happened,
): readonly SpanSummary[] {
  const ordersIn = intoSpans(period, spans, orders, ({ at }) => at);
  const checksIn = intoSpans(period, spans, checks, ({ at }) => at);
  const movesIn = intoSpans(period, spans, moves, ({ to }) => to);
  return Array.from({ length: spans.count }, (_, span) =>
    spanOf(ordersIn[span] ?? [], checksIn[span] ?? [], movesIn[span] ?? []),
  );
}

function spanOf(
  orders: readonly OrderRow[],
  checks: readonly Check[],
  moves: readonly StockMove[],
): SpanSummary {
  const held = checks.map(({ usable }) => usable);
  const asks = checks.flatMap(({ ask }) => (ask === undefined ? [] : [ask]));
  const covers = checks.flatMap(({ cover }) => (cover === undefined ? [] : [cover]));
  const { bought, averagePrice } = totalsOf(orders);
  return {
    checks: checks.length,
    leastHeld: extreme(held, minimum),
    mostHeld: extreme(held, maximum),
    incoming: extreme(
      checks.map(({ incoming }) => incoming),
      maximum,
    ),
    leastCover: covers.length === 0 ? undefined : Math.min(...covers),
    ask: asks.length === 0 ? undefined : sum(asks, (ask) => ask) / BigInt(asks.length),
    bought,
    paid: averagePrice,
    used: sum(moves, ({ used }) => used),
    expired: sum(moves, ({ expired }) => expired),
  };
}

/** Orders count on the UTC day on which they were made, as budgets do. */
function daysOf({ from, to }: Period, rows: readonly OrderRow[]): readonly DaySummary[] {
  const byDay = Map.groupBy(rows, ({ at }) => dayOf(at));
  const days: DaySummary[] = [];
  let spentInMonth = 0n;
  for (let at = Math.min(monthOf(from), dayOf(from)); at < to; at += dayMs) {
    const { orders, bought, spent, reserved } = totalsOf(byDay.get(at) ?? []);
    spentInMonth = at === monthOf(at) ? spent : spentInMonth + spent;
    if (at >= dayOf(from)) days.push({ at, orders, bought, spent, reserved, spentInMonth });
  }
  return days;
}

function totalsOf(orders: readonly OrderRow[]): Totals {
  const bought = sum(orders, ({ filled }) => filled);
  return {
    orders: orders.length,
    bought,
    spent: sum(orders, ({ spent }) => spent),
    reserved: sum(orders, ({ reserved }) => reserved),
    averagePrice: bought === 0n ? undefined : sum(orders, paidFor) / bought,
  };
}

function compareWithMarket(orders: readonly OrderRow[]): MarketComparison | undefined {
  const known = orders.filter(({ ask, filled }) => ask !== undefined && filled > 0n);
  if (known.length === 0) return undefined;
  return {
    units: sum(known, ({ filled }) => filled),
    paid: sum(known, paidFor),
    atAsk: sum(known, ({ filled, ask }) => filled * (ask ?? 0n)),
  };
}

/** Without fees. */
function paidFor({ filled, averagePrice }: OrderRow): bigint {
  return filled * (averagePrice ?? 0n);
}

function rowOf(order: OrderView, checks: readonly Check[]): OrderRow {
  const at = Date.parse(order.createdAt);
  return {
    id: order.id,
    at,
    instrument: order.instrument,
    source: order.source,
    state: order.state,
    quantity: BigInt(order.quantity),
    filled: BigInt(order.filledQuantity),
    limitPrice: exact(order.limitPrice),
    averagePrice: order.averagePrice === null ? undefined : exact(order.averagePrice),
    spent: exact(order.spent),
    reserved: exact(order.reserved),
    ask: askBefore(checks, at),
  };
}

function askBefore(checks: readonly Check[], at: number): bigint | undefined {
  const last = checks[firstAfter(checks, at) - 1];
  return last !== undefined && at - last.askReadAt <= askIsFreshMs ? last.ask : undefined;
}

/** Index of the first check after a time: by halves, since there are many of both. */
function firstAfter(checks: readonly Check[], at: number): number {
  let low = 0;
  let high = checks.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((checks[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkOf({ time, usable, incoming, coverMinutes, bestAsk, bookReadAt }: DecisionView): Check {
  const at = Date.parse(time);
  return {
    at,
    usable: maximum(0n, exact(usable)),
    incoming: exact(incoming),
    cover: coverMinutes ?? undefined,
    ask: bestAsk === null ? undefined : exact(bestAsk),
    askReadAt: typeof bookReadAt === 'string' ? Date.parse(bookReadAt) : at,
  };
}

function isIn({ from, to }: Period, at: number): boolean {
  return at >= from && at < to;
}

function extreme(amounts: readonly bigint[], choose: (a: bigint, b: bigint) => bigint): bigint | undefined {
  return amounts.length === 0 ? undefined : amounts.reduce(choose);
}

function sum<Entry>(entries: readonly Entry[], amount: (entry: Entry) => bigint): bigint {
  return entries.reduce((all, entry) => all + amount(entry), 0n);
}

/** The schema has seen that it is a decimal. */
function exact(text: string): bigint {
  return parseForeignDecimal(text) ?? 0n;
}
