import type { Amount } from '../decimal.ts';
import type { Market } from '../world.ts';

export type Side = 'buy' | 'sell';
export type OrderType = 'limit' | 'market';
/** `day` ends with the UTC day; `ioc` and `fok` never rest. */
export type TimeInForce = 'gtc' | 'ioc' | 'fok' | 'day';
export type OrderStatus =
  | 'resting'
  | 'partially_filled'
  | 'filled'
  | 'cancellation_pending'
  | 'cancelled'
  | 'closed'
  | 'expired';

/** What a client asks for, after its request was found well-formed. */
export interface OrderRequest {
  readonly market: Market;
  readonly side: Side;
  readonly type: OrderType;
  readonly quantity: Amount;
  /** The limit. USD per Unit; null for a market order. */
  readonly price: Amount | null;
  readonly timeInForce: TimeInForce;
  readonly clientOrderId: string | null;
  readonly autotransfer: boolean;
  /** `dashboard` orders come from a person or the platform's own buyer, not through the API. */
  readonly origin: 'api' | 'dashboard';
}

/** An order of the account. Quantities in Units, money in USD. */
export interface Order {
  readonly orderId: string;
  /** Place in the sequence of acceptance: the stable order of lists. */
  readonly sequence: number;
  readonly market: Market;
  readonly side: Side;
  readonly type: OrderType;
  readonly clientOrderId: string | null;
  readonly autotransfer: boolean;
  readonly origin: 'api' | 'dashboard';
  /** The fee rate at acceptance, so that a later change of the rate cannot outgrow the locked USD. */
  readonly feeRate: Amount;
  readonly submittedAt: number;
  timeInForce: TimeInForce;
  quantity: Amount;
  price: Amount | null;
  filled: Amount;
  /** Sum of price times quantity over its trades. */
  value: Amount;
  fee: Amount;
  /** What it holds back: USD of a buy, Units of a sell. */
  locked: Amount;
  status: OrderStatus;
  closureReason: string | null;
  closedAt: number | null;
  updatedAt: number;
}

/** One match of two orders. A side without an order id is the background market. */
export interface Trade {
  readonly tradeId: string;
  readonly sequence: number;
  readonly market: Market;
  readonly price: Amount;
  readonly quantity: Amount;
  readonly value: Amount;
  readonly executedAt: number;
  /** The side of the order that arrived and triggered the match. */
  readonly takerSide: Side;
  readonly buyOrderId: string | null;
  readonly sellOrderId: string | null;
  readonly buyFee: Amount;
  readonly sellFee: Amount;
}

const LIVE: readonly OrderStatus[] = ['resting', 'partially_filled', 'cancellation_pending'];

/** Whether an order may still be filled. */
export function isLive(order: Order): boolean {
  return LIVE.includes(order.status);
}

/** Units of an order that are not filled yet. */
export function remainingOf(order: Order): Amount {
  return order.quantity - order.filled;
}
