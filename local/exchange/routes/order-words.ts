import { ONE, toFixedText, toJsonNumber, toText } from '../decimal.ts';
import type { Order, Trade } from '../market/order.ts';
import type { Modes } from '../modes.ts';
import { isoTime } from './route.ts';

/** The word that answers use for an order's status. */
export function statusWord(order: Order, modes: Modes): string {
  return order.status === 'resting' ? modes.openStatusWord : order.status;
}

function averagePrice(order: Order): string | null {
  return order.filled === 0n ? null : toFixedText((order.value * ONE) / order.filled);
}

/** An order as the deployed service shows it. */
export function showOrder(order: Order, modes: Modes, userId: string): object {
  const quantity = modes.quantityOutput === 'number' ? toJsonNumber : (value: bigint) => toText(value);
  const { market } = order;
  return {
    order_id: order.orderId,
    ...(modes.showClientOrderIds ? { client_order_id: order.clientOrderId } : {}),
    market_id: market.marketId,
    market_name: market.name,
    instrument_id: market.instrument.instrumentId,
    instrument_symbol: market.instrument.symbol,
    instrument_name: market.instrument.name,
    trader_id: userId,
    side: order.side,
    type: order.type,
    quantity: quantity(order.quantity),
    filled_quantity: quantity(order.filled),
    price: order.price === null ? null : toText(order.price, 2),
    average_price: averagePrice(order),
    fee: toText(order.fee, 2),
    status: statusWord(order, modes),
    closure_reason: order.closureReason,
    closed_at: order.closedAt === null ? null : isoTime(order.closedAt),
    time_in_force: order.timeInForce,
    submitted_at: isoTime(order.submittedAt),
    updated_at: isoTime(order.updatedAt),
  };
}

/** The account's side of a trade. When both sides are the account's, the arriving order's side. */
export function ownSide(trade: Trade): 'buy' | 'sell' {
  if (trade.buyOrderId !== null && trade.sellOrderId !== null) return trade.takerSide;
  return trade.buyOrderId === null ? 'sell' : 'buy';
}

/** A trade of the account as the trades list shows it. */
export function showOwnTrade(trade: Trade, tradingAccountId: string): object {
  const side = ownSide(trade);
  const { market } = trade;
  return {
    trade_id: trade.tradeId,
    market_id: market.marketId,
    market_name: market.name,
    instrument_id: market.instrument.instrumentId,
    instrument_symbol: market.instrument.symbol,
    instrument_name: market.instrument.name,
    price: toFixedText(trade.price),
    quantity: toJsonNumber(trade.quantity),
    total_value: toFixedText(trade.value),
    fee: toText(side === 'buy' ? trade.buyFee : trade.sellFee, 2),
    status: 'executed',
    side,
    execution_timestamp: isoTime(trade.executedAt),
    settlement_timestamp: isoTime(trade.executedAt),
    order_id: side === 'buy' ? trade.buyOrderId : trade.sellOrderId,
    trading_account_id: tradingAccountId,
  };
}

/** A trade as everyone sees it: nobody's order is named. */
export function showPublicTrade(trade: Trade): object {
  return {
    trade_id: trade.tradeId,
    market_id: trade.market.marketId,
    price: toFixedText(trade.price),
    quantity: toJsonNumber(trade.quantity),
    side: trade.takerSide,
    execution_timestamp: isoTime(trade.executedAt),
  };
}
