import {
  decimalScale,
  formatDecimal,
  formatUsd,
  parseDecimal,
  type Usd,
} from '../../shared/ledger/decimal.ts';
import type { Order } from '../api/answers.ts';
import { valueFrom } from './value.ts';

/** One order that has bought something, as accounting takes it. Amounts are exact decimal strings in USD. */
export interface EntryOfBooks {
  readonly orderId: string;
  readonly exchangeOrderId: string;
  /** When it was made; by this it belongs to a day and a month. ISO 8601, UTC. */
  readonly orderedAt: string;
  /** When a fill, or the end, was last seen. ISO 8601, UTC. */
  readonly updatedAt: string;
  readonly instrument: string;
  readonly marketId: string;
  /** `api` or `schedule`. */
  readonly source: string;
  readonly state: string;
  /** Whole Units bought. */
  readonly units: number;
  readonly averagePrice: string;
  /** What the Units cost without fees: the sum of price times quantity over the order's trades. */
  readonly value: string;
  readonly fee: string;
  /** Value and fee together. */
  readonly total: string;
}

const columns = [
  ['order_id', 'orderId'],
  ['exchange_order_id', 'exchangeOrderId'],
  ['ordered_at', 'orderedAt'],
  ['updated_at', 'updatedAt'],
  ['instrument', 'instrument'],
  ['market_id', 'marketId'],
  ['source', 'source'],
  ['state', 'state'],
  ['units', 'units'],
  ['average_price_usd', 'averagePrice'],
  ['value_usd', 'value'],
  ['fee_usd', 'fee'],
  ['total_usd', 'total'],
] as const satisfies readonly (readonly [string, keyof EntryOfBooks])[];

/** An order as an entry. */
export function entryOf(order: Order): EntryOfBooks {
  const average = exact(order.averagePrice ?? order.limitPrice);
  const shown = BigInt(order.filledQuantity) * average;
  const value = valueFrom(order.filledQuantity, average);
  const fee = exact(order.spent) - shown;
  return {
    orderId: order.id,
    exchangeOrderId: order.exchangeOrderId ?? '',
    orderedAt: order.createdAt,
    updatedAt: order.updatedAt,
    instrument: order.instrument,
    marketId: order.marketId,
    source: order.source,
    state: order.state,
    units: order.filledQuantity,
    averagePrice: formatUsd(average),
    value: formatUsd(value),
    fee: formatUsd(fee),
    total: formatUsd(value + fee),
  };
}

/** The sums of all entries. */
export function totalOf(entries: readonly EntryOfBooks[]) {
  const sum = (name: 'value' | 'fee' | 'total'): Usd =>
    entries.reduce((all, entry) => all + exact(entry[name]), 0n);
  const bought = entries.reduce((all, entry) => all + BigInt(entry.units), 0n);
  return {
    units: formatDecimal(bought * decimalScale),
    value: formatUsd(sum('value')),
    fee: formatUsd(sum('fee')),
    total: formatUsd(sum('total')),
  };
}

/** The entries as CSV (RFC 4180) with a line of titles. */
export function csvOf(entries: readonly EntryOfBooks[]): string {
  const titles = columns.map(([title]) => title).join(',');
  const rows = entries.map((entry) => columns.map(([, name]) => cell(String(entry[name]))).join(','));
  return `${[titles, ...rows].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function exact(amount: string): bigint {
  return parseDecimal(amount) ?? 0n;
}
