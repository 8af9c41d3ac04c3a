import type { Units, Usd } from '../../shared/ledger/decimal.ts';
import type { Period } from './period.ts';
import type { Spans } from './spans.ts';

/** Everything that a report says about a period. Amounts are exact, times are ms since the epoch. */
export interface PeriodSummary {
  readonly stage: string;
  readonly period: Period;
  /** When the API was asked. */
  readonly lookedAt: number;
  readonly spans: Spans;
  readonly instruments: readonly InstrumentSummary[];
  /** Whole UTC days, also where the period begins or ends within one: caps are kept by day. */
  readonly days: readonly DaySummary[];
  readonly caps: { readonly perDay: Usd; readonly perMonth: Usd };
  /** Of the period itself, oldest first. */
  readonly orders: readonly OrderRow[];
  readonly totals: Totals;
  /** What the figures leave out. */
  readonly gaps: readonly string[];
}

/** What orders came to. */
export interface Totals {
  readonly orders: number;
  /** Whole Units. */
  readonly bought: bigint;
  /** With fees. */
  readonly spent: Usd;
  /** What unfinished orders may still cost. */
  readonly reserved: Usd;
  /** Without fees, for a Unit; undefined if none was bought. */
  readonly averagePrice: Usd | undefined;
}

export interface InstrumentSummary {
  readonly symbol: string;
  /** Undefined if nothing tops it up. */
  readonly policy: string | undefined;
  readonly maximumPrice: Usd;
  readonly totals: Totals;
  readonly market: MarketComparison | undefined;
  /** Undefined without two checks in the period. */
  readonly stock: StockSummary | undefined;
  /** For each span. */
  readonly spans: readonly SpanSummary[];
}

/** What was paid against the best ask that the last check before the order saw. */
export interface MarketComparison {
  /** Whole Units whose market is known. */
  readonly units: bigint;
  /** What they cost without fees, and at those asks. */
  readonly paid: Usd;
  readonly atAsk: Usd;
}

/** `heldBefore + arrived + appeared = used + expired + heldAfter`. */
export interface StockSummary {
  /** When the first and the last of these balances were read. */
  readonly from: number;
  readonly to: number;
  readonly heldBefore: Units;
  /** Purchases that came into the balance. */
  readonly arrived: Units;
  /** Units of which no order here is known. */
  readonly appeared: Units;
  readonly used: Units;
  /** At most. */
  readonly expired: Units;
  readonly heldAfter: Units;
  /** Bought, and not seen in the balance by `to`. */
  readonly onTheWay: Units;
}

/** One span of time; undefined where nothing was read. */
export interface SpanSummary {
  readonly checks: number;
  readonly leastHeld: Units | undefined;
  readonly mostHeld: Units | undefined;
  /** The most that was on its way. */
  readonly incoming: Units | undefined;
  /** Minutes. */
  readonly leastCover: number | undefined;
  /** Mean of the best asks. */
  readonly ask: Usd | undefined;
  /** By when the orders were made; whole Units. */
  readonly bought: bigint;
  /** Without fees, for a Unit. */
  readonly paid: Usd | undefined;
  readonly used: Units;
  readonly expired: Units;
}

export interface DaySummary {
  /** Its beginning. */
  readonly at: number;
  readonly orders: number;
  readonly bought: bigint;
  readonly spent: Usd;
  readonly reserved: Usd;
  /** Spent since the first of its month, this day included. */
  readonly spentInMonth: Usd;
}

export interface OrderRow {
  readonly id: string;
  readonly at: number;
  readonly instrument: string;
  readonly source: string;
  readonly state: string;
  readonly quantity: bigint;
  readonly filled: bigint;
  readonly limitPrice: Usd;
  readonly averagePrice: Usd | undefined;
  readonly spent: Usd;
  readonly reserved: Usd;
  /** The best ask that the last check before it saw. */
  readonly ask: Usd | undefined;
}
