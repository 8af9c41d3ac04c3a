import type { ExchangeOrder, OrderExchange, SeenOrder } from '../orders/exchange-port.ts';
import type { ExchangeHealth } from '../orders/watch-exchange.ts';
import type { ExchangeTransfer, TransferExchange } from '../transfers/exchange-port.ts';
import { cancelOrder } from './cancel-order.ts';
import { noticing } from './familiar-fields.ts';
import { type JsonObject, UnreadableAnswer } from './fields.ts';
import { collectPages, type Listing } from './paging.ts';
import { type AccountLimits, parseAccountLimits } from './parse-account-limits.ts';
import {
  type BalanceBasis,
  type ConsumptionAccount,
  type CurrencyAccount,
  parseConsumptionAccount,
  parseTradingAccount,
  type TradingAccount,
} from './parse-accounts.ts';
import { type Market, parseMarket, parseOrderBook } from './parse-markets.ts';
import { parseOrder } from './parse-orders.ts';
import { parseTrade, type Trade } from './parse-trades.ts';
import { parseTransfer } from './parse-transfers.ts';
import { readCurrencyAccounts, readMarket } from './read-account.ts';
import { ExchangeReadError } from './read-error.ts';
import { objectIn, pageFetcher, readParsed, tolerant } from './read-parsed.ts';
import { type Scan, scanSince } from './scan-since.ts';
import { type OrderDialect, prepareOrder, sendOrder } from './send-order.ts';
import { prepareTransfer, sendTransfer, type TransferDialect } from './send-transfer.ts';
import type { SignedRequestTools } from './signed-requests.ts';
import { wholeList } from './whole-list.ts';

/** Everything that grid-buyer asks of the exchange. Reads throw `ExchangeReadError`; sending never throws for an answer. */
export interface ExchangeClient extends OrderExchange, TransferExchange {
  getConsumptionAccounts(): Promise<readonly ConsumptionAccount[]>;
  getCurrencyAccounts(): Promise<readonly CurrencyAccount[]>;
  getTradingAccounts(): Promise<readonly TradingAccount[]>;
  getMarket(marketId: string): Promise<Market>;
  listMarkets(): Promise<readonly Market[]>;
  /** Own fills of one order, as far as they can be listed. */
  listTrades(exchangeOrderId: string): Promise<Listing<Trade>>;
  getAccountLimits(marketId: string): Promise<AccountLimits>;
  /** How the exchange has met this client's reads so far. */
  health(): ExchangeHealth;
}

/** How the account at hand speaks and counts. */
export interface ExchangeDialect extends OrderDialect, TransferDialect {
  readonly balanceBasis: BalanceBasis;
  readonly showsClientOrderIds: boolean;
  readonly balanceLagSeconds: number;
  readonly foreignOrders: 'stop' | 'count';
}

const maximumAccountPages = 20;
const defaultBookDepth = 100;

const orderScan = (tools: SignedRequestTools): Scan<ExchangeOrder> => ({
  resource: 'orders',
  parseRow: noticing(tools, 'orders', parseOrder),
  idOf: (order) => order.exchangeOrderId,
  timeOf: (order) => order.submittedAt,
});

const transferScan = ({ transferHistory }: TransferDialect): Scan<ExchangeTransfer> => ({
  resource: transferHistory,
  parseRow: parseTransfer,
  idOf: (transfer) => transfer.exchangeTransferId,
  timeOf: (transfer) => transfer.createdAt,
});

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
      const askedAt = tools.clock.now();
      const { rows, complete } = await scanSince(tools, orderScan(tools), since);
      return { orders: rows.map((order) => shownAt(tools, askedAt, order)), complete };
    },
    prepareTransfer: (transfer) => prepareTransfer(tools, dialect, transfer),
    sendTransfer: (prepared) => sendTransfer(tools, prepared),
    listTransfers: async (since) => {
      const { rows, complete } = await scanSince(tools, transferScan(dialect), since);
      return { transfers: rows, complete };
    },
    getOrderBook: (marketId) =>
      readParsed(
        tools,
        `markets/${encodeURIComponent(marketId)}/orderbook`,
        parseOrderBook,
        `depth=${defaultBookDepth}`,
      ),
    getConsumptionAccounts: () =>
      list(
        'consumption-accounts',
        noticing(tools, 'consumption-accounts', (row) => parseConsumptionAccount(row, dialect.balanceBasis)),
        heldIn,
      ),
    getTradingAccounts: () =>
      list('trading-accounts', noticing(tools, 'trading-accounts', parseTradingAccount), heldIn),
    getCurrencyAccounts: () => readCurrencyAccounts(tools),
    getMarket: (marketId) => readMarket(tools, marketId),
    listMarkets: () => list('markets', parseMarket, (market) => market.marketId),
    listTrades: (exchangeOrderId) => listTrades(tools, exchangeOrderId),
    getAccountLimits: (marketId) =>
      readParsed(tools, 'account/limits', parseAccountLimits, `market_id=${encodeURIComponent(marketId)}`),
    health: () => ({
      readsAnswered: tools.tally.answered,
      readsRefused: tools.tally.refused,
      clockOffsetMs: tools.skew.observed,
    }),
  };
}

/** @param askedAt by our clock, ms; the answer has told the exchange's time, as a rule */
function shownAt(tools: SignedRequestTools, askedAt: number, order: ExchangeOrder): SeenOrder {
  return { ...order, shownAt: askedAt + (tools.skew.observed ?? 0) };
}

async function getOrder(tools: SignedRequestTools, exchangeOrderId: string): Promise<SeenOrder | undefined> {
  const askedAt = tools.clock.now();
  try {
    const shown = await readParsed(tools, `orders/${encodeURIComponent(exchangeOrderId)}`, (json) => {
      const order = noticing(tools, 'orders', parseOrder)(objectIn(json));
      if (order.exchangeOrderId !== exchangeOrderId) throw new UnreadableAnswer('it is another order');
      return order;
    });
    return shownAt(tools, askedAt, shown);
  } catch (error) {
    if (error instanceof ExchangeReadError && error.kind === 'not-found') return undefined;
    throw error;
  }
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

/** Tells rows apart even where one account id stands for a person and not for a row. */
function heldIn(account: { readonly accountId: string; readonly instrumentId: string }): string {
  return `${account.accountId} ${account.instrumentId}`;
}
