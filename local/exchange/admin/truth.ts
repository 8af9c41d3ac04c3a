import { type Amount, toJsonNumber, toText } from '../decimal.ts';
import type { InstrumentBalances } from '../exchange.ts';
import { areUnitsConserved } from '../ledger/units.ts';
import { isUsdConserved } from '../ledger/usd-account.ts';
import { isLive, type Order, type Trade } from '../market/order.ts';
import type { Simulator } from '../simulator.ts';
import type { CallCounts } from '../wire/journal.ts';

/** An order as it is, whatever lists show. Quantities in Units; money as decimal strings in USD. */
export interface OrderTruth {
  readonly orderId: string;
  readonly clientOrderId: string | null;
  readonly origin: 'api' | 'dashboard';
  readonly marketId: string;
  readonly instrument: string;
  readonly side: 'buy' | 'sell';
  readonly type: 'limit' | 'market';
  readonly status: string;
  readonly live: boolean;
  readonly quantity: number;
  readonly filled: number;
  readonly price: string | null;
  readonly value: string;
  readonly fee: string;
  readonly locked: string;
  readonly closureReason: string | null;
  readonly submittedAt: string;
}

/** The USD of the account, as decimal strings. */
export interface MoneyTruth {
  readonly deposited: string;
  readonly available: string;
  readonly locked: string;
  /** Value of everything bought, fees excluded. */
  readonly spent: string;
  readonly fees: string;
  /** Value of everything sold, fees excluded. */
  readonly proceeds: string;
  /** The most USD that was ever locked at once. */
  readonly highestLocked: string;
  readonly conserved: boolean;
}

/** The Units of one instrument, as decimal strings. bought + granted = consumed + expired + held + inTrading + sold. */
export interface UnitsTruth {
  readonly instrumentId: string;
  readonly bought: string;
  /** Units that came from outside, not from a trade. */
  readonly granted: string;
  readonly consumed: string;
  readonly expired: string;
  /** Units in the Consumption account. */
  readonly held: string;
  /** Units in the Trading account, those in open sell orders included. */
  readonly inTrading: string;
  readonly sold: string;
  /** What the application asked for while no Units were left. */
  readonly unmet: string;
  readonly unitsPerMinute: string;
  readonly conserved: boolean;
}

/** The ground truth of the simulated account: what a test of "no double buy" asserts on. */
export interface Truth {
  readonly now: string;
  /** Whether no USD and no Unit appeared or vanished. */
  readonly conserved: boolean;
  readonly orders: {
    readonly accepted: number;
    readonly live: number;
    readonly byStatus: Readonly<Record<string, number>>;
    /** Every client id with the ids of the orders it made. */
    readonly byClientId: Readonly<Record<string, readonly string[]>>;
    /** Those client ids that made more than one order. */
    readonly duplicates: Readonly<Record<string, readonly string[]>>;
  };
  readonly calls: CallCounts;
  readonly money: MoneyTruth;
  /** By symbol. */
  readonly units: Readonly<Record<string, UnitsTruth>>;
}

export function describeOrder(order: Order): OrderTruth {
  return {
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    origin: order.origin,
    marketId: order.market.marketId,
    instrument: order.market.instrument.symbol,
    side: order.side,
    type: order.type,
    status: order.status,
    live: isLive(order),
    quantity: toJsonNumber(order.quantity),
    filled: toJsonNumber(order.filled),
    price: order.price === null ? null : toText(order.price, 2),
    value: toText(order.value, 2),
    fee: toText(order.fee, 2),
    locked: toText(order.locked, 2),
    closureReason: order.closureReason,
    submittedAt: new Date(order.submittedAt).toISOString(),
  };
}

export function describeTrade(trade: Trade) {
  return {
    tradeId: trade.tradeId,
    takerSide: trade.takerSide,
    marketId: trade.market.marketId,
    price: toText(trade.price, 2),
    quantity: toJsonNumber(trade.quantity),
    value: toText(trade.value, 2),
    executedAt: new Date(trade.executedAt).toISOString(),
    buyOrderId: trade.buyOrderId,
    sellOrderId: trade.sellOrderId,
    buyFee: toText(trade.buyFee, 2),
    sellFee: toText(trade.sellFee, 2),
  };
}

function usdText(value: Amount): string {
  return toText(value, 2);
}

export function describeMoney({ exchange }: Simulator): MoneyTruth {
  const { usd } = exchange.balances();
  return {
    deposited: usdText(usd.deposited),
    available: usdText(usd.available),
    locked: usdText(usd.locked),
    spent: usdText(usd.spent),
    fees: usdText(usd.fees),
    proceeds: usdText(usd.proceeds),
    highestLocked: usdText(usd.highestLocked),
    conserved: isUsdConserved(usd),
  };
}

function describeInstrument(row: InstrumentBalances, unitsPerMinute: Amount): UnitsTruth {
  const { instrument, trading, consumption } = row;
  return {
    instrumentId: instrument.instrumentId,
    bought: toText(trading.bought),
    granted: toText(trading.granted),
    consumed: toText(consumption.consumed),
    expired: toText(consumption.expired),
    held: toText(consumption.held),
    inTrading: toText(trading.available + trading.locked),
    sold: toText(trading.sold),
    unmet: toText(consumption.unmet),
    unitsPerMinute: toText(unitsPerMinute),
    conserved: areUnitsConserved(trading, consumption),
  };
}

export function describeUnits({ exchange }: Simulator): Record<string, UnitsTruth> {
  return Object.fromEntries(
    exchange.balances().units.map((row) => {
      const { unitsPerMinute } = exchange.accountsOf(row.instrument).application;
      return [row.instrument.symbol, describeInstrument(row, unitsPerMinute)];
    }),
  );
}

export function describeTruth(simulator: Simulator): Truth {
  const { exchange, journal } = simulator;
  const orders = exchange.engine.orders.all();
  const byStatus: Record<string, number> = {};
  for (const { status } of orders) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const byClientId = [...exchange.engine.orders.idsByClientId()];
  return {
    now: new Date(exchange.now).toISOString(),
    conserved: exchange.isConserved(),
    orders: {
      accepted: orders.length,
      live: orders.filter(isLive).length,
      byStatus,
      byClientId: Object.fromEntries(byClientId),
      duplicates: Object.fromEntries(byClientId.filter(([, ids]) => ids.length > 1)),
    },
    calls: journal.counts(),
    money: describeMoney(simulator),
    units: describeUnits(simulator),
  };
}
