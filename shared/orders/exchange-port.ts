import type { Units, Usd } from '../ledger/decimal.ts';
import type { SentType, TimeInForce } from './order.ts';

/** What the use cases need of the exchange, in our own terms. The adapter in `shared/exchange` implements it. */
export interface OrderExchange {
  /**
   * Loads the key and signs the order, without sending it. The signature is good for 30 s, which bounds how late
   * a frozen process can still place the order.
   */
  prepareOrder(order: OrderToSend): Promise<PreparedOrder>;
  /** Sends a prepared order. Once, ever: no retry, and a second call for the same preparation throws. */
  sendOrder(prepared: PreparedOrder): Promise<PlacementOutcome>;
  /** The order as the exchange sees it; undefined when it does not know (or does not yet show) the id. */
  getOrder(exchangeOrderId: string): Promise<SeenOrder | undefined>;
  /** All own orders since a time (ms), as far as they can be listed. */
  scanOrders(since: number): Promise<OrderScan>;
  /** Asks for a cancellation. What became of the order is known only by looking at it. */
  cancelOrder(exchangeOrderId: string): Promise<CancelOutcome>;
  getOrderBook(marketId: string): Promise<OrderBook>;
}

/** A buy order in the exchange's terms. */
export interface OrderToSend {
  /** Without a limit only where an instrument is configured so. */
  readonly sentType: SentType;
  readonly clientOrderId: string;
  readonly marketId: string;
  /** Whole Units. */
  readonly quantity: bigint;
  readonly limitPrice: Usd;
  readonly timeInForce: TimeInForce;
}

/** A signed order that was not sent yet. */
export interface PreparedOrder {
  /** The time in the signature, ms since the epoch (whole seconds). */
  readonly signedAt: number;
}

/** Everything that can come of a POST but its acceptance. */
export type NotAccepted =
  /** A well-formed, documented refusal. Even so it is provisional until a later look agrees. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly retryAfterSeconds?: number;
    }
  /** The connection failed before a byte of the request left. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** Everything else: what was asked for may have happened. */
  | { readonly kind: 'unknown'; readonly status?: number; readonly code: string };

/** Everything that can come of sending an order. */
export type PlacementOutcome = { readonly kind: 'accepted'; readonly exchangeOrderId: string } | NotAccepted;

export type CancelOutcome =
  | { readonly kind: 'requested' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string };

/** The exchange's words for an order's state, reduced to what matters. Unknown words count as live. */
export type ExchangeOrderStatus = 'live' | 'filled' | 'cancelled' | 'expired' | 'rejected' | 'unknown';

export interface ExchangeOrder {
  readonly exchangeOrderId: string;
  readonly clientOrderId: string | undefined;
  readonly marketId: string | undefined;
  readonly side: string | undefined;
  /** Whole Units. */
  readonly quantity: bigint | undefined;
  /** Whole Units. */
  readonly filledQuantity: bigint;
  readonly limitPrice: Usd | undefined;
  readonly averagePrice: Usd | undefined;
  readonly fee: Usd | undefined;
  readonly status: ExchangeOrderStatus;
  /** Why the exchange closed it, in its words. */
  readonly closureReason: string | undefined;
  /** ms since the epoch. */
  readonly submittedAt: number | undefined;
}

/** An order, and when it was shown so. */
export interface SeenOrder extends ExchangeOrder {
  /**
   * When the exchange was asked, by its own clock as far as its answers tell the time. ms since the epoch. Two looks may be
   * made by functions whose clocks differ, and a function may stand still between looking and writing down what it saw.
   */
  readonly shownAt: number;
}

/** A listing of own orders. */
export interface OrderScan {
  readonly orders: readonly SeenOrder[];
  /** Only a complete scan can say that an order is not there. */
  readonly complete: boolean;
}

export interface PriceLevel {
  readonly price: Usd;
  readonly quantity: Units;
}

/** Asks sorted by rising price, bids by falling price. */
export interface OrderBook {
  readonly asks: readonly PriceLevel[];
  readonly bids: readonly PriceLevel[];
}
