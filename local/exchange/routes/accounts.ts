import { toText } from '../decimal.ts';
import type { InstrumentBalances } from '../exchange.ts';
import { balanceFields } from '../wire/balance-words.ts';
import type { Answer } from '../wire/exchange-of-messages.ts';
import { answerList, type Listing } from '../wire/listing.ts';
import { NOT_FOUND, type Problem } from '../wire/refusals.ts';
import { MARKETS } from '../world.ts';
import { ownSide, showOwnTrade } from './order-words.ts';
import { type Call, data, type Handlers, isoTime } from './route.ts';

/** A user who never held an instrument has no row for it, unless the mode says so. */
function consumptionRows({ simulator }: Call): InstrumentBalances[] {
  const { exchange, modes } = simulator;
  const { units } = exchange.balancesBefore(modes.balanceLagSeconds);
  return units.filter(({ consumption }) => modes.emptyAccountRows || consumption.createdAt !== null);
}

function showConsumptionAccount({ simulator }: Call): (row: InstrumentBalances) => object {
  return ({ instrument, consumption }) => {
    const createdAt = consumption.createdAt === null ? null : isoTime(consumption.createdAt);
    const changedAt = consumption.lastEnteredAt === null ? null : isoTime(consumption.lastEnteredAt);
    return {
      account_id: simulator.accountId(`consumption ${instrument.symbol}`),
      user_id: simulator.userId,
      instrument_id: instrument.instrumentId,
      instrument_symbol: instrument.symbol,
      ...balanceFields(consumption.held, consumption.entered, simulator.modes),
      status: 'active',
      created_at: createdAt,
      updated_at: changedAt,
      last_deposit_at: changedAt,
    };
  };
}

function consumptionListing(call: Call): Listing<InstrumentBalances> {
  const idOf = ({ instrument }: InstrumentBalances) =>
    call.simulator.accountId(`consumption ${instrument.symbol}`);
  return {
    keyOf: idOf,
    timeOf: ({ consumption }) => consumption.createdAt ?? 0,
    filters: {
      account_id: (row, wanted) => idOf(row) === wanted,
      instrument_id: (row, wanted) => row.instrument.instrumentId === wanted,
      status: (_, wanted) => wanted === 'active',
    },
    orderBy: ['created_at', 'updated_at'],
    show: showConsumptionAccount(call),
  };
}

function listConsumptionAccounts(call: Call): Answer | Problem {
  const rows = consumptionRows(call).toSorted(
    (left, right) => (left.consumption.createdAt ?? 0) - (right.consumption.createdAt ?? 0),
  );
  return answerList(rows, consumptionListing(call), call.query, call.simulator.modes);
}

function getConsumptionAccount(call: Call): Answer | Problem {
  const { keyOf, show } = consumptionListing(call);
  const row = consumptionRows(call).find((one) => keyOf(one) === call.id);
  return row === undefined ? NOT_FOUND : data(show(row));
}

function tradingRows({ simulator }: Call): InstrumentBalances[] {
  const { units } = simulator.exchange.balancesBefore(simulator.modes.balanceLagSeconds);
  return units.filter(
    ({ trading }) => simulator.modes.emptyAccountRows || trading.bought + trading.granted > 0n,
  );
}

function tradingListing({ simulator }: Call): Listing<InstrumentBalances> {
  const idOf = ({ instrument }: InstrumentBalances) => simulator.accountId(`trading ${instrument.symbol}`);
  return {
    keyOf: idOf,
    timeOf: () => 0,
    filters: {
      account_id: (row, wanted) => idOf(row) === wanted,
      instrument_id: (row, wanted) => row.instrument.instrumentId === wanted,
    },
    orderBy: ['created_at', 'updated_at'],
    show: (row) => ({
      account_id: idOf(row),
      user_id: simulator.userId,
      market_id: MARKETS.find((market) => market.instrument === row.instrument)?.marketId ?? null,
      instrument_id: row.instrument.instrumentId,
      instrument_symbol: row.instrument.symbol,
      total_balance: toText(row.trading.available + row.trading.locked),
      available_balance: toText(row.trading.available),
      locked_balance: toText(row.trading.locked),
      status: 'active',
    }),
  };
}

function listTradingAccounts(call: Call): Answer | Problem {
  return answerList(tradingRows(call), tradingListing(call), call.query, call.simulator.modes);
}

function getTradingAccount(call: Call): Answer | Problem {
  const { keyOf, show } = tradingListing(call);
  const row = tradingRows(call).find((one) => keyOf(one) === call.id);
  return row === undefined ? NOT_FOUND : data(show(row));
}

function listCurrencyAccounts(call: Call): Answer | Problem {
  const { simulator } = call;
  const { usd } = simulator.exchange.balancesBefore(simulator.modes.balanceLagSeconds);
  const accountId = simulator.accountId('usd');
  return answerList(
    [usd],
    {
      keyOf: () => accountId,
      timeOf: () => 0,
      filters: {
        account_id: (_, wanted) => wanted === accountId,
        currency: (_, wanted) => wanted.toLowerCase() === 'usd',
      },
      orderBy: ['created_at', 'updated_at'],
      show: ({ available, locked }) => ({
        account_id: accountId,
        user_id: simulator.userId,
        currency: 'usd',
        total_balance: toText(available + locked, 2),
        available_balance: toText(available, 2),
        locked_balance: toText(locked, 2),
        status: 'active',
      }),
    },
    call.query,
    simulator.modes,
  );
}

function ownTrades({ simulator }: Call) {
  const { exchange, modes } = simulator;
  const visibleAt = exchange.now - modes.orderListLagSeconds * 1000;
  return exchange.engine
    .trades()
    .filter((trade) => (trade.buyOrderId ?? trade.sellOrderId) !== null && trade.executedAt <= visibleAt);
}

function tradeListing({ simulator }: Call): Listing<ReturnType<typeof ownTrades>[number]> {
  return {
    keyOf: (trade) => trade.tradeId,
    timeOf: (trade) => trade.executedAt,
    filters: {
      market_id: (trade, wanted) => trade.market.marketId === wanted,
      instrument_id: (trade, wanted) => trade.market.instrument.instrumentId === wanted,
      trade_id: (trade, wanted) => trade.tradeId === wanted,
      order_id: (trade, wanted) => trade.buyOrderId === wanted || trade.sellOrderId === wanted,
      buyer_order_id: (trade, wanted) => trade.buyOrderId === wanted,
      seller_order_id: (trade, wanted) => trade.sellOrderId === wanted,
      side: (trade, wanted) => ownSide(trade) === wanted,
      status: (_, wanted) => wanted === 'executed',
    },
    orderBy: ['execution_timestamp', 'created_at'],
    show: (trade) => showOwnTrade(trade, simulator.accountId(`trading ${trade.market.instrument.symbol}`)),
  };
}

function listOwnTrades(call: Call): Answer | Problem {
  return answerList(ownTrades(call), tradeListing(call), call.query, call.simulator.modes);
}

function getOwnTrade(call: Call): Answer | Problem {
  const trade = ownTrades(call).find(({ tradeId }) => tradeId === call.id);
  return trade === undefined ? NOT_FOUND : data(tradeListing(call).show(trade));
}

/** Balances and own trades. */
export const accountHandlers: Handlers = {
  'GET /consumption-accounts': listConsumptionAccounts,
  'GET /consumption-accounts/{id}': getConsumptionAccount,
  'GET /trading-accounts': listTradingAccounts,
  'GET /trading-accounts/{id}': getTradingAccount,
  'GET /currency-trading-accounts': listCurrencyAccounts,
  'GET /trades': listOwnTrades,
  'GET /trades/{id}': getOwnTrade,
};
