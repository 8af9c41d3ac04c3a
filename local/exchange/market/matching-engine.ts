import { type Amount, multiply, ONE, smaller } from '../decimal.ts';
import type { TradingAccount } from '../ledger/trading-account.ts';
import type { UsdAccount } from '../ledger/usd-account.ts';
import type { Modes } from '../modes.ts';
import type { Random } from '../random.ts';
import type { Instrument, Market } from '../world.ts';
import { fundsFor, lockOf, unitsOf } from './funds.ts';
import {
  isLive,
  type Order,
  type OrderRequest,
  type OrderStatus,
  remainingOf,
  type Side,
  type TimeInForce,
  type Trade,
} from './order.ts';
import { type Maker, type Match, OrderBook } from './order-book.ts';
import { OrderRegister } from './order-register.ts';
import { accepted, type Outcome, type Refused, refused } from './outcome.ts';

const DAY = 86_400_000;

/** What the engine needs from the rest of the exchange. */
interface EnginePorts {
  readonly modes: Modes;
  readonly usd: UsdAccount;
  readonly ids: Random;
  readonly now: () => number;
  readonly plan: (at: number, happen: () => void) => void;
  readonly tradingAccount: (instrument: Instrument) => TradingAccount;
  /** Called after Units of a buy order entered the Trading account. */
  readonly onBought: (order: Order, units: Amount) => void;
}

/** A change of a resting order; what is absent stays. */
export interface OrderChange {
  readonly price?: Amount | undefined;
  readonly quantity?: Amount | undefined;
  readonly timeInForce?: TimeInForce | undefined;
}

/** Accepts, matches, rests and closes orders, and settles each trade in the accounts. */
export class MatchingEngine {
  readonly #ports: EnginePorts;
  readonly #books = new Map<string, OrderBook>();
  readonly #register = new OrderRegister();
  readonly #trades: Trade[] = [];
  readonly #suspended = new Set<string>();

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** The order book of a market. */
  book(market: Market): OrderBook {
    const known = this.#books.get(market.marketId);
    if (known !== undefined) return known;
    const book = new OrderBook();
    this.#books.set(market.marketId, book);
    return book;
  }

  setSuspended(market: Market, suspended: boolean): void {
    if (suspended) this.#suspended.add(market.marketId);
    else this.#suspended.delete(market.marketId);
  }

  isSuspended(market: Market): boolean {
    return this.#suspended.has(market.marketId);
  }

  /** The orders of the account. Only the engine changes them. */
  get orders(): Pick<OrderRegister, 'size' | 'all' | 'find' | 'allAsOf' | 'findAsOf' | 'idsByClientId'> {
    return this.#register;
  }

  /** All trades of the market. Those of the account name one of its orders. */
  trades(): readonly Trade[] {
    return this.#trades;
  }

  /** Accepts an order, matches it, and rests or closes what remains. */
  place(request: OrderRequest): Outcome<Order> {
    const problem =
      this.#problemOf(request) ?? this.#termsProblem(request.market, request.price, request.quantity);
    if (problem !== undefined) return problem;
    const matches = this.#tradable(request, this.book(request.market));
    const needed = fundsFor(request, matches, this.#ports.modes.feeRate);
    const shortage = this.#shortage(request.market, request.side, needed);
    if (shortage !== undefined) return shortage;
    const order = this.#accept(request);
    this.#lock(order);
    this.#execute(order, matches);
    return accepted(order);
  }

  /** Cancels an order, at once or after the configured delay during which it can still be filled. */
  cancel(orderId: string): Outcome<Order> {
    const order = this.#register.find(orderId);
    if (order === undefined) return refused('order_not_found', 'Order not found');
    if (order.status === 'cancelled')
      return refused('order_already_cancelled', 'The order is already cancelled');
    if (!isLive(order)) return refused('order_not_cancellable', `The order is ${order.status}`);
    if (order.status === 'cancellation_pending') return accepted(order);
    const delay = this.#ports.modes.cancelDelaySeconds * 1000;
    if (delay === 0) this.#close(order, 'cancelled', 'cancelled_by_user');
    else this.#cancelLater(order, delay);
    return accepted(order);
  }

  /** Cancels every live order, of one market or of all. Returns how many. */
  cancelAll(market: Market | undefined): number {
    const live = this.#register
      .all()
      .filter((order) => isLive(order) && (market === undefined || order.market === market));
    for (const order of live) this.cancel(order.orderId);
    return live.length;
  }

  /** Closes live sell orders of an instrument: a sweep takes their Units too. */
  closeSells(instrument: Instrument, reason: string): void {
    for (const order of this.#register.all()) {
      if (order.side === 'sell' && isLive(order) && order.market.instrument === instrument) {
        this.#close(order, 'closed', reason);
      }
    }
  }

  /** Changes a resting order. It loses its place in time and is matched again as if it had just arrived. */
  replace(orderId: string, change: OrderChange): Outcome<Order> {
    const order = this.#register.find(orderId);
    if (order === undefined) return refused('order_not_found', 'Order not found');
    if (!isLive(order) || order.status === 'cancellation_pending' || order.type === 'market') {
      return refused('order_not_updatable', `The order is ${order.status}`);
    }
    const quantity = change.quantity ?? order.quantity;
    const price = change.price ?? order.price;
    const problem = this.#termsProblem(order.market, price, quantity);
    if (problem !== undefined) return problem;
    if (quantity <= order.filled)
      return refused('invalid_quantity', 'The quantity must exceed what is filled');
    const next = { ...order, quantity, price };
    const more = lockOf(next) - order.locked;
    const shortage = this.#shortage(order.market, order.side, more);
    if (shortage !== undefined) return shortage;
    this.#unlock(order);
    order.quantity = quantity;
    order.price = price;
    order.timeInForce = change.timeInForce ?? order.timeInForce;
    this.#lock(order);
    this.book(order.market).removeOrder(orderId);
    const terms = { ...order, quantity: remainingOf(order) };
    this.#execute(order, this.#tradable(terms, this.book(order.market)));
    return accepted(order);
  }

  /** A background order arrives: it trades with resting orders it crosses, and rests with what remains. */
  arrive(market: Market, maker: Maker, side: Side, price: Amount, quantity: Amount): void {
    const remaining = quantity - this.pass(market, side, price, quantity);
    if (remaining > 0n) this.book(market).rest(side, maker, price, remaining);
  }

  /** A background order that does not rest: it trades with resting orders it crosses. Returns the Units traded. */
  pass(market: Market, side: Side, price: Amount, quantity: Amount): Amount {
    const matches = this.book(market).plan(side, quantity, price);
    for (const match of matches) this.#trade(market, side, undefined, match);
    return unitsOf(matches);
  }

  /**
   * Fills a resting order of the account at its own price, whatever else rests: the means to stage a fill
   * at a chosen moment. Returns the Units filled.
   */
  fillResting(orderId: string, units: Amount): Amount {
    const order = this.#register.find(orderId);
    if (order === undefined) return 0n;
    const resting = this.book(order.market)
      .orders(order.side)
      .find(({ maker }) => maker.kind === 'account' && maker.orderId === orderId);
    if (resting === undefined) return 0n;
    const quantity = smaller(units, resting.remaining);
    const against = order.side === 'buy' ? 'sell' : 'buy';
    this.#trade(order.market, against, undefined, { resting, price: resting.price, quantity });
    return quantity;
  }

  #problemOf(request: OrderRequest): Refused | undefined {
    const { modes } = this.#ports;
    if (this.isSuspended(request.market)) return refused('market_closed', 'The market is not active');
    if (request.origin === 'dashboard' || request.clientOrderId === null) return undefined;
    if (modes.clientOrderIds === 'refuse' && this.#register.hasClientId(request.clientOrderId)) {
      return refused('duplicate_client_order_id', 'client_order_id has already been taken');
    }
    return undefined;
  }

  #termsProblem(market: Market, price: Amount | null, quantity: Amount): Refused | undefined {
    if (price !== null && (price <= 0n || price % market.priceTick !== 0n)) {
      return refused('invalid_price', 'price must be a positive multiple of the price tick');
    }
    if (quantity < ONE || quantity % ONE !== 0n || quantity > BigInt(market.maximumQuantity) * ONE) {
      return refused('invalid_quantity', `quantity must be whole Units from 1 to ${market.maximumQuantity}`);
    }
    return undefined;
  }

  /** The matches of an arriving order; none for a fill-or-kill order that cannot be filled whole. */
  #tradable(
    terms: Pick<OrderRequest, 'side' | 'quantity' | 'price' | 'timeInForce'>,
    book: OrderBook,
  ): Match[] {
    const matches = book.plan(terms.side, terms.quantity, terms.price);
    return terms.timeInForce === 'fok' && unitsOf(matches) < terms.quantity ? [] : matches;
  }

  #shortage(market: Market, side: Side, needed: Amount): Refused | undefined {
    if (side === 'buy') {
      if (needed <= this.#ports.usd.available) return undefined;
      return refused('insufficient_funds', 'Not enough USD available');
    }
    if (needed <= this.#ports.tradingAccount(market.instrument).available) return undefined;
    return refused('insufficient_units', 'Not enough Units available');
  }

  #accept(request: OrderRequest): Order {
    const now = this.#ports.now();
    const order: Order = {
      ...request,
      orderId: `order_${this.#ports.ids.uuid()}`,
      sequence: this.#register.size,
      feeRate: this.#ports.modes.feeRate,
      submittedAt: now,
      filled: 0n,
      value: 0n,
      fee: 0n,
      locked: 0n,
      status: 'resting',
      closureReason: null,
      closedAt: null,
      updatedAt: now,
    };
    this.#register.add(order);
    return order;
  }

  #execute(order: Order, matches: readonly Match[]): void {
    for (const match of matches) this.#trade(order.market, order.side, order, match);
    const remaining = remainingOf(order);
    if (remaining === 0n) return;
    if (order.type === 'market') this.#close(order, 'closed', 'insufficient_liquidity');
    else if (order.timeInForce === 'ioc') this.#close(order, 'cancelled', 'ioc_remainder');
    else if (order.timeInForce === 'fok') this.#close(order, 'cancelled', 'fok_not_filled');
    else this.#rest(order, remaining);
  }

  #rest(order: Order, remaining: Amount): void {
    if (order.price === null) return;
    const maker: Maker = { kind: 'account', orderId: order.orderId };
    this.book(order.market).rest(order.side, maker, order.price, remaining);
    this.#setStatus(order, order.filled > 0n ? 'partially_filled' : 'resting');
    if (order.timeInForce === 'day') this.#expireAtMidnight(order);
  }

  #expireAtMidnight(order: Order): void {
    const midnight = (Math.floor(this.#ports.now() / DAY) + 1) * DAY;
    this.#ports.plan(midnight, () => {
      if (isLive(order) && order.timeInForce === 'day') this.#close(order, 'expired', 'end_of_day');
    });
  }

  #cancelLater(order: Order, delay: number): void {
    this.#setStatus(order, 'cancellation_pending');
    this.#ports.plan(this.#ports.now() + delay, () => {
      if (isLive(order)) this.#close(order, 'cancelled', 'cancelled_by_user');
    });
  }

  #close(order: Order, status: OrderStatus, reason: string): void {
    this.book(order.market).removeOrder(order.orderId);
    this.#unlock(order);
    order.closureReason = reason;
    order.closedAt = this.#ports.now();
    this.#setStatus(order, status);
  }

  #setStatus(order: Order, status: OrderStatus): void {
    this.#register.setStatus(order, status, this.#ports.now());
  }

  #lock(order: Order): void {
    order.locked = lockOf(order);
    if (order.side === 'buy') this.#ports.usd.lock(order.locked);
    else this.#ports.tradingAccount(order.market.instrument).lock(order.locked);
  }

  #unlock(order: Order): void {
    if (order.side === 'buy') this.#ports.usd.release(order.locked);
    else this.#ports.tradingAccount(order.market.instrument).release(order.locked);
    order.locked = 0n;
  }

  #trade(market: Market, takerSide: Side, taker: Order | undefined, match: Match): void {
    this.book(market).take(match);
    const { maker } = match.resting;
    const made = maker.kind === 'account' ? this.#register.find(maker.orderId) : undefined;
    const buy = takerSide === 'buy' ? taker : made;
    const sell = takerSide === 'buy' ? made : taker;
    const value = multiply(match.price, match.quantity);
    const trade: Trade = {
      tradeId: `trade_${this.#ports.ids.uuid()}`,
      sequence: this.#trades.length,
      market,
      price: match.price,
      quantity: match.quantity,
      value,
      executedAt: this.#ports.now(),
      takerSide,
      buyOrderId: buy?.orderId ?? null,
      sellOrderId: sell?.orderId ?? null,
      buyFee: buy === undefined ? 0n : multiply(value, buy.feeRate),
      sellFee: sell === undefined ? 0n : multiply(value, sell.feeRate),
    };
    this.#trades.push(trade);
    if (buy !== undefined) this.#settleBuy(buy, trade);
    if (sell !== undefined) this.#settleSell(sell, trade);
    if (buy !== undefined) this.#ports.onBought(buy, trade.quantity);
  }

  /** Pays at the trade's price out of USD locked at the limit; the difference is refunded. */
  #settleBuy(order: Order, trade: Trade): void {
    this.#fill(order, trade, trade.buyFee);
    const stillLocked = lockOf(order);
    this.#ports.usd.pay(order.locked - stillLocked, trade.value, trade.buyFee);
    order.locked = stillLocked;
    this.#ports.tradingAccount(order.market.instrument).buy(trade.quantity);
    this.#afterFill(order);
  }

  #settleSell(order: Order, trade: Trade): void {
    this.#fill(order, trade, trade.sellFee);
    order.locked -= trade.quantity;
    this.#ports.tradingAccount(order.market.instrument).sell(trade.quantity);
    this.#ports.usd.receive(trade.value, trade.sellFee);
    this.#afterFill(order);
  }

  #fill(order: Order, trade: Trade, fee: Amount): void {
    order.filled += trade.quantity;
    order.value += trade.value;
    order.fee += fee;
  }

  #afterFill(order: Order): void {
    if (remainingOf(order) === 0n) {
      order.closedAt = this.#ports.now();
      this.#setStatus(order, 'filled');
      return;
    }
    // A cancel that is under way goes on, with the part that was filled kept.
    this.#setStatus(order, order.status === 'cancellation_pending' ? order.status : 'partially_filled');
  }
}
