import { bookLevels, type OrderBook } from '../market/order-book.ts';

/** An own order that rests in the book. */
export interface RestingOrder {
  readonly id: number;
  /** Cents. */
  readonly limit: number;
  readonly placedAt: number;
  /** Whole Units. */
  readonly remaining: number;
}

type LiveOrder = { -readonly [Name in keyof RestingOrder]: RestingOrder[Name] } & {
  /** Units of others at our price that were there before us. */
  ahead: number;
};

/** A purchase: whole Units at cents each; `isMaker` if our order was waiting in the book. */
export type OnFill = (units: number, price: number, isMaker: boolean) => void;

/** Units that others bid at the best price and at each below: ahead of an order that joins them. */
const queueAtBid = 10;

/** Trades our orders against a recorded book: crossing orders take what is on offer, others rest by price and time. */
export class Exchange {
  readonly #book: OrderBook;
  readonly #onFill: OnFill;
  readonly #isAlwaysBehind: boolean;
  /** Best price first, then oldest first. */
  readonly #orders: LiveOrder[] = [];
  /** What we took from each level in the current minute. */
  readonly #taken = new Int32Array(bookLevels);
  #lastId = 0;

  /** @param isAlwaysBehind whether others are ahead of ours at the best bid even if it was there first */
  constructor(book: OrderBook, onFill: OnFill, isAlwaysBehind = false) {
    this.#book = book;
    this.#onFill = onFill;
    this.#isAlwaysBehind = isAlwaysBehind;
  }

  get orders(): readonly RestingOrder[] {
    return this.#orders;
  }

  /** Begins a minute: the book is as recorded again, and it may fill what rests. */
  open(minute: number): void {
    this.#taken.fill(0);
    if (this.#orders.length === 0) return;
    const bid = this.#book.bid[minute] ?? 0;
    const ask = this.#book.ask[minute] ?? 0;
    let flow = this.#book.sellFlow[minute] ?? 0;
    let anyDone = false;
    for (const order of this.#orders) {
      // Those behind are priced no better.
      if (order.limit < bid) break;
      if (order.limit >= ask) this.#takeAtOwnPrice(minute, order);
      else flow = this.#sellTo(order, flow, bid);
      anyDone ||= order.remaining === 0;
    }
    if (anyDone) this.#drop((order) => order.remaining === 0);
  }

  /**
   * Buys at once what is on offer at up to `limit` cents; the rest waits in the book if it `rests`, or is cancelled.
   * Returns the order's id.
   */
  place(minute: number, units: number, limit: number, rests: boolean): number {
    this.#lastId += 1;
    const remaining = this.#take(minute, units, limit, undefined);
    if (remaining > 0 && rests) {
      const joinsOthers = this.#isAlwaysBehind || limit <= (this.#book.bid[minute] ?? 0);
      const ahead = joinsOthers ? queueAtBid : 0;
      const order = { id: this.#lastId, limit, placedAt: minute, remaining, ahead };
      const place = this.#orders.findIndex((other) => other.limit < limit);
      this.#orders.splice(place < 0 ? this.#orders.length : place, 0, order);
    }
    return this.#lastId;
  }

  /** Whether there was something to cancel. */
  cancel(id: number): boolean {
    const count = this.#orders.length;
    this.#drop((order) => order.id === id);
    return this.#orders.length < count;
  }

  #drop(isOver: (order: LiveOrder) => boolean): void {
    for (let index = this.#orders.length - 1; index >= 0; index -= 1) {
      const order = this.#orders[index];
      if (order !== undefined && isOver(order)) this.#orders.splice(index, 1);
    }
  }

  /** The ask came down to an order that rests: it was there first, so its own price holds. */
  #takeAtOwnPrice(minute: number, order: LiveOrder): void {
    order.remaining = this.#take(minute, order.remaining, order.limit, order.limit);
  }

  /** Others sell at the best bid: to us first if we bid more, behind the queue if we bid the same. */
  #sellTo(order: LiveOrder, flow: number, bid: number): number {
    const passed = order.limit === bid ? Math.min(order.ahead, flow) : 0;
    order.ahead -= passed;
    const units = Math.min(order.remaining, flow - passed);
    order.remaining -= units;
    if (units > 0) this.#onFill(units, order.limit, true);
    return flow - passed - units;
  }

  /** Takes from the asks at up to `limit`, paying `ownPrice` if given and each level's price otherwise. Returns the rest. */
  #take(minute: number, units: number, limit: number, ownPrice: number | undefined): number {
    const ask = this.#book.ask[minute] ?? 0;
    let rest = units;
    for (let level = 0; level < bookLevels && rest > 0 && ask + level <= limit; level += 1) {
      const taken = this.#taken[level] ?? 0;
      const bought = Math.min((this.#book.depth[minute * bookLevels + level] ?? 0) - taken, rest);
      if (bought <= 0) continue;
      this.#taken[level] = taken + bought;
      rest -= bought;
      this.#onFill(bought, ownPrice ?? ask + level, ownPrice !== undefined);
    }
    return rest;
  }
}
