import type { Units } from '../ledger/decimal.ts';
import type { OrderBook, PriceLevel } from '../orders/exchange-port.ts';
import type { ExactJson } from './exact-json.ts';
import { amountField, isObject, type JsonObject, textField, UnreadableAnswer, unwrapData } from './fields.ts';

/** A place where one instrument is traded for USD. */
export interface Market {
  readonly marketId: string;
  readonly name: string | undefined;
  /** Whether orders can be placed now. */
  readonly isActive: boolean;
  /** The instruments traded on it; one, as far as is known. */
  readonly instrumentIds: readonly string[];
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
