import type { Units, Usd } from '../ledger/decimal.ts';
import type { OrderBook, PriceLevel } from '../orders/exchange-port.ts';
import type { ExactJson } from './exact-json.ts';
import {
  amountField,
  isObject,
  type JsonObject,
  textField,
  timeField,
  UnreadableAnswer,
  unwrapData,
  wholeField,
} from './fields.ts';

/** A place where one instrument is traded for USD. */
export interface Market {
  readonly marketId: string;
  readonly name: string | undefined;
  /** Whether orders can be placed now. */
  readonly isActive: boolean;
  /** The instruments traded on it; one, as far as is known. */
  readonly instrumentIds: readonly string[];
}

/** A fill of one of our orders: the record of what was really paid. */
export interface Trade {
  readonly tradeId: string;
  readonly exchangeOrderId: string | undefined;
  readonly marketId: string | undefined;
  readonly side: string | undefined;
  readonly price: Usd;
  /** Whole Units. */
  readonly quantity: bigint;
  readonly fee: Usd;
  /** ms since the epoch. */
  readonly executedAt: number | undefined;
}

/** How many orders the account may send. */
export interface AccountLimits {
  readonly ordersPerSecond: number | undefined;
  readonly ordersPerMinute: number | undefined;
}

/** @throws UnreadableAnswer if it has no id or status */
export function parseMarket(row: JsonObject): Market {
  const marketId = textField(row, 'market_id', 'id');
  const status = textField(row, 'status');
  if (marketId === undefined || status === undefined)
    throw new UnreadableAnswer('the market has no id or status');
  const listed = [...textItems(row['associated_instruments']), ...textItems(row['allowed_instruments'])];
  const described = items(row['instruments']).flatMap((one) => {
    const id = isObject(one) ? textField(one, 'instrument_id', 'id') : undefined;
    return id === undefined ? [] : [id];
  });
  return {
    marketId,
    name: textField(row, 'name', 'symbol'),
    isActive: status.toLowerCase() === 'active',
    instrumentIds: [...new Set([...listed, ...described])],
  };
}

/** @throws UnreadableAnswer if it has no sides, or a level without price or quantity */
export function parseOrderBook(json: ExactJson | undefined): OrderBook {
  const book = unwrapData(json);
  if (!isObject(book)) throw new UnreadableAnswer('the order book is no object');
  const asks = side(book, 'sell', 'asks');
  const bids = side(book, 'buy', 'bids');
  return {
    asks: asks.toSorted((a, b) => (a.price < b.price ? -1 : 1)),
    bids: bids.toSorted((a, b) => (a.price > b.price ? -1 : 1)),
  };
}

/** @throws UnreadableAnswer if id, price or quantity are missing */
export function parseTrade(row: JsonObject): Trade {
  const tradeId = textField(row, 'trade_id', 'id');
  const price = amountField(row, 'price');
  const quantity = wholeField(row, 'quantity', 'size');
  if (tradeId === undefined || price === undefined || quantity === undefined) {
    throw new UnreadableAnswer('the trade has no id, price or quantity');
  }
  return {
    tradeId,
    exchangeOrderId: textField(row, 'order_id'),
    marketId: textField(row, 'market_id'),
    side: textField(row, 'side')?.toLowerCase(),
    price,
    quantity,
    fee: amountField(row, 'fee') ?? 0n,
    executedAt: timeField(row, 'execution_timestamp', 'timestamp', 'created_at'),
  };
}

/** Reads what is stated; limits that are missing are undefined. */
export function parseAccountLimits(json: ExactJson | undefined): AccountLimits {
  const data = unwrapData(json);
  const limits = isObject(data) && isObject(data['order_rate_limits']) ? data['order_rate_limits'] : {};
  const read = (name: string): number | undefined => {
    const text = textField(limits, name);
    return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  return { ordersPerSecond: read('max_orders_per_second'), ordersPerMinute: read('max_orders_per_minute') };
}

function side(book: JsonObject, ...names: readonly string[]): PriceLevel[] {
  const name = names.find((candidate) => Array.isArray(book[candidate]));
  if (name === undefined) throw new UnreadableAnswer(`the order book has no ${names.join(' or ')}`);
  return items(book[name]).map(parseLevel);
}

function parseLevel(level: ExactJson): PriceLevel {
  const row = Array.isArray(level) ? tupleRow(level as readonly ExactJson[]) : level;
  const price = isObject(row) ? amountField(row, 'price') : undefined;
  const quantity: Units | undefined = isObject(row) ? amountField(row, 'quantity', 'size') : undefined;
  if (price === undefined || quantity === undefined) {
    throw new UnreadableAnswer('a level of the order book has no price or quantity');
  }
  return { price, quantity };
}

function tupleRow([price = null, quantity = null]: readonly ExactJson[]): JsonObject {
  return { price, quantity };
}

function items(json: ExactJson | undefined): readonly ExactJson[] {
  return Array.isArray(json) ? (json as readonly ExactJson[]) : [];
}

function textItems(json: ExactJson | undefined): string[] {
  return items(json).filter((item) => typeof item === 'string');
}
