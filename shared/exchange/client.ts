import type { ExchangeOrder, OrderExchange } from '../orders/exchange-port.ts';
import type { ExactJson } from './exact-json.ts';
import { isObject, type JsonObject, UnreadableAnswer, unwrapData } from './fields.ts';
import { collectPages, type Listing, type Page, parsePage } from './paging.ts';
import { type AccountLimits, parseAccountLimits } from './parse-account-limits.ts';
import {
  type BalanceBasis,
  type ConsumptionAccount,
  type CurrencyAccount,
  isClosed,
  parseConsumptionAccount,
  parseCurrencyAccount,
  parseTradingAccount,
  type TradingAccount,
} from './parse-accounts.ts';
import { type Market, parseMarket, parseOrderBook } from './parse-markets.ts';
import { parseOrder } from './parse-orders.ts';
import { parseTrade, type Trade } from './parse-trades.ts';
import { ExchangeReadError } from './read-error.ts';
import { cancelOrder, type OrderDialect, prepareOrder, sendOrder } from './send-order.ts';
import { read, type SignedRequestTools } from './signed-requests.ts';

/** Everything that grid-buyer asks of the exchange. Reads throw `ExchangeReadError`; sending never throws for an answer. */
export interface ExchangeClient extends OrderExchange {
  getConsumptionAccounts(): Promise<readonly ConsumptionAccount[]>;
  getCurrencyAccounts(): Promise<readonly CurrencyAccount[]>;
  getTradingAccounts(): Promise<readonly TradingAccount[]>;
  getMarket(marketId: string): Promise<Market>;
  listMarkets(): Promise<readonly Market[]>;
  /** Own fills of one order, as far as they can be listed. */
  listTrades(exchangeOrderId: string): Promise<Listing<Trade>>;
  getAccountLimits(marketId: string): Promise<AccountLimits>;
}

/** How the account at hand speaks and counts. */
export interface ExchangeDialect extends OrderDialect {
  readonly balanceBasis: BalanceBasis;
  readonly showsClientOrderIds: boolean;
  readonly balanceLagSeconds: number;
  readonly foreignOrders: 'stop' | 'count';
}

const pageSize = 100;
const maximumAccountPages = 20;
const maximumOrderPages = 200;
const defaultBookDepth = 100;

/** Builds a client for one invocation: the deadline in its tools is the invocation's. */
export function createExchangeClient(tools: SignedRequestTools, dialect: ExchangeDialect): ExchangeClient {
  const list = <Row>(resource: string, parse: (row: JsonObject) => Row, idOf: (row: Row) => string) =>
    wholeList(tools, resource, parse, idOf);
  return {
    prepareOrder: (order) => prepareOrder(tools, dialect, order),
    sendOrder: (prepared) => sendOrder(tools, prepared),
    cancelOrder: (exchangeOrderId) => cancelOrder(tools, exchangeOrderId),
    getOrder: (exchangeOrderId) => getOrder(tools, exchangeOrderId),
    scanOrders: async (since) => {
      const { rows, complete } = await scanOrders(tools, since);
      return { orders: rows, complete };
    },
    getOrderBook: (marketId) =>
      readParsed(
        tools,
        `markets/${encodeURIComponent(marketId)}/orderbook`,
        parseOrderBook,
        `depth=${defaultBookDepth}`,
      ),
    getConsumptionAccounts: () =>
      list('consumption-accounts', (row) => parseConsumptionAccount(row, dialect.balanceBasis), heldIn),
    getTradingAccounts: () => list('trading-accounts', parseTradingAccount, heldIn),
    getCurrencyAccounts: () => list('currency-trading-accounts', parseCurrencyAccount, moneyHeldIn),
    getMarket: (marketId) =>
      readParsed(tools, `markets/${encodeURIComponent(marketId)}`, (json) => parseMarket(objectIn(json))),
    listMarkets: () => list('markets', parseMarket, (market) => market.marketId),
    listTrades: (exchangeOrderId) => listTrades(tools, exchangeOrderId),
    getAccountLimits: (marketId) =>
      readParsed(tools, 'account/limits', parseAccountLimits, `market_id=${encodeURIComponent(marketId)}`),
  };
}

async function getOrder(
  tools: SignedRequestTools,
  exchangeOrderId: string,
): Promise<ExchangeOrder | undefined> {
  try {
    return await readParsed(tools, `orders/${encodeURIComponent(exchangeOrderId)}`, (json) => {
      const order = parseOrder(objectIn(json));
      if (order.exchangeOrderId !== exchangeOrderId) throw new UnreadableAnswer('it is another order');
      return order;
    });
  } catch (error) {
    if (error instanceof ExchangeReadError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/**
 * Lists own orders, asking for the newest first and for those since a time, and trusting neither: it stops early
 * only once the rows were seen to descend and have passed the time. Stopping at the first old row would be wrong,
 * for the exchange's own default order is oldest first.
 */
function scanOrders(tools: SignedRequestTools, since: number): Promise<Listing<ExchangeOrder>> {
  const query = `order_direction=desc&start_datetime=${encodeURIComponent(new Date(since).toISOString())}`;
  return collectPages({
    fetchPage: keepingWhatWasRead(pageFetcher(tools, 'orders', query)),
    parseRow: tolerant(parseOrder),
    idOf: (order) => order.exchangeOrderId,
    maximumPages: maximumOrderPages,
    isFarEnough: (orders) => hasDescendedPast(orders, since),
  });
}

/** A later page that cannot be read ends the list early; what came before it still helps to find orders. */
function keepingWhatWasRead(fetchPage: (cursor: string | undefined) => Promise<Page>): typeof fetchPage {
  return async (cursor) => {
    try {
      return await fetchPage(cursor);
    } catch (error) {
      if (cursor === undefined || !(error instanceof ExchangeReadError)) throw error;
      return { rows: [], nextCursor: undefined, hasMore: true, isLast: false };
    }
  };
}

function hasDescendedPast(orders: readonly ExchangeOrder[], since: number): boolean {
  const times = orders.map((order) => order.submittedAt);
  let descended = false;
  for (let index = 1; index < times.length; index += 1) {
    const [newer, older] = [times[index - 1], times[index]];
    if (newer === undefined || older === undefined || older > newer) return false;
    if (older < newer) descended = true;
  }
  const last = times.at(-1);
  return descended && last !== undefined && last < since;
}

async function listTrades(tools: SignedRequestTools, exchangeOrderId: string): Promise<Listing<Trade>> {
  const { rows, complete } = await collectPages<Trade>({
    fetchPage: pageFetcher(tools, 'trades', `order_id=${encodeURIComponent(exchangeOrderId)}`),
    parseRow: tolerant(parseTrade),
    idOf: (trade) => trade.tradeId,
    maximumPages: maximumAccountPages,
  });
  // Filters are not honoured everywhere.
  return { rows: rows.filter((trade) => trade.exchangeOrderId === exchangeOrderId), complete };
}

/** A list that is worth nothing unless it is whole: a missing account must not look like an empty one. */
async function wholeList<Row>(
  tools: SignedRequestTools,
  resource: string,
  parseRow: (row: JsonObject) => Row,
  idOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const fetchPage = pageFetcher(tools, resource, '');
  const plan = {
    fetchPage,
    parseRow,
    idOf,
    isIgnored: isClosed,
    maximumPages: maximumAccountPages,
    // Two balances for one account: neither can be trusted.
    rowsStandStill: true,
  };
  try {
    const { rows, complete } = await collectPages<Row>(plan);
    if (complete) return rows;
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw unreadable(resource, error);
    throw error;
  }
  throw new ExchangeReadError('unreadable', resource, 'list-incomplete');
}

function pageFetcher(tools: SignedRequestTools, resource: string, query: string) {
  return async (cursor: string | undefined): Promise<Page> => {
    const parts = [
      query,
      `limit=${pageSize}`,
      cursor === undefined ? '' : `next=${encodeURIComponent(cursor)}`,
    ];
    return readParsed(
      tools,
      resource,
      (json) => parsePage(json, pageSize),
      parts.filter((part) => part !== '').join('&'),
    );
  };
}

async function readParsed<T>(
  tools: SignedRequestTools,
  resource: string,
  parse: (json: ExactJson) => T,
  query = '',
): Promise<T> {
  const json = await read(tools, resource, query);
  try {
    return parse(json);
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw unreadable(resource, error);
    throw error;
  }
}

function unreadable(resource: string, error: UnreadableAnswer): ExchangeReadError {
  return new ExchangeReadError('unreadable', resource, error.message);
}

/** For lists in which one bad row must not hide the others: it makes the list incomplete instead. */
function tolerant<Row>(parse: (row: JsonObject) => Row): (row: JsonObject) => Row | undefined {
  return (row) => {
    try {
      return parse(row);
    } catch (error) {
      if (error instanceof UnreadableAnswer) return undefined;
      throw error;
    }
  };
}

function objectIn(json: ExactJson): JsonObject {
  const data = unwrapData(json);
  if (!isObject(data)) throw new UnreadableAnswer('there is no object in the answer');
  return data;
}

/** Tells rows apart even where one account id stands for a person and not for a row. */
function heldIn(account: { readonly accountId: string; readonly instrumentId: string }): string {
  return `${account.accountId} ${account.instrumentId}`;
}

function moneyHeldIn(account: CurrencyAccount): string {
  return `${account.accountId} ${account.currency}`;
}
