import type {
  CancelOutcome,
  ExchangeOrder,
  OrderBook,
  OrderExchange,
  OrderToSend,
  PlacementOutcome,
  SeenOrder,
} from '../../shared/orders/exchange-port.ts';
import type { Clock } from '../../shared/time/clock.ts';

/** An exchange that answers as it is told, and remembers what it was asked. */
export interface ScriptedExchange extends OrderExchange {
  readonly sent: OrderToSend[];
  readonly cancelled: string[];
  outcome: PlacementOutcome | Error;
  prepareError: Error | undefined;
  orders: ExchangeOrder[];
  scanComplete: boolean;
  cancelOutcome: CancelOutcome;
  book: OrderBook | Error;
  /** Ids of the markets whose books were read. */
  readonly booksRead: string[];
}

export function createScriptedExchange(clock: Clock): ScriptedExchange {
  const prepared = new WeakMap<object, OrderToSend>();
  const shown = (): readonly SeenOrder[] =>
    exchange.orders.map((order) => ({ ...order, shownAt: clock.now() }));
  const exchange: ScriptedExchange = {
    sent: [],
    cancelled: [],
    outcome: { kind: 'accepted', exchangeOrderId: 'order_1' },
    prepareError: undefined,
    orders: [],
    scanComplete: true,
    cancelOutcome: { kind: 'requested' },
    book: { asks: [], bids: [] },
    booksRead: [],
    prepareOrder: async (order) => {
      if (exchange.prepareError !== undefined) throw exchange.prepareError;
      const signed = { signedAt: Math.floor(clock.now() / 1000) * 1000 };
      prepared.set(signed, order);
      return signed;
    },
    sendOrder: async (signed) => {
      const order = prepared.get(signed);
      if (order === undefined) throw new Error('sent twice, or never prepared');
      prepared.delete(signed);
      exchange.sent.push(order);
      if (exchange.outcome instanceof Error) throw exchange.outcome;
      return exchange.outcome;
    },
    getOrder: async (id) => shown().find((order) => order.exchangeOrderId === id),
    scanOrders: async () => ({ orders: shown(), complete: exchange.scanComplete }),
    cancelOrder: async (id) => {
      exchange.cancelled.push(id);
      return exchange.cancelOutcome;
    },
    getOrderBook: async (marketId) => {
      exchange.booksRead.push(marketId);
      if (exchange.book instanceof Error) throw exchange.book;
      return exchange.book;
    },
  };
  return exchange;
}
