import type { ExchangeOrder, OrderExchange } from '../orders/exchange-port.ts';
import type { ExchangeHealth } from '../orders/watch-exchange.ts';
import type { ExchangeTransfer, TransferExchange } from '../transfers/exchange-port.ts';
import { createCancellationClient, shownAt } from './cancellation-client.ts';
import { noticing } from './familiar-fields.ts';
import type { JsonObject } from './fields.ts';
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
import { type Market, parseMarket } from './parse-markets.ts';
import { parseOrder } from './parse-orders.ts';
import { parseTrade, type Trade } from './parse-trades.ts';
import { parseTransfer } from './parse-transfers.ts';
import { createPlacementClient } from './placement-client.ts';
import { readCurrencyAccounts, readMarket } from './read-account.ts';
import { pageFetcher, readParsed, tolerant } from './read-parsed.ts';
import { type Scan, scanSince } from './scan-since.ts';
import type { OrderDialect } from './send-order.ts';
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
    ...createPlacementClient(tools, dialect),
    ...createCancellationClient(tools),
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
