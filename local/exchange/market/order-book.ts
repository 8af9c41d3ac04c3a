import type { Amount } from '../decimal.ts';
import { smaller } from '../decimal.ts';
import type { Side } from './order.ts';

/** Who stands behind a resting order: the account under test, the seeded sellers, or a script. */
export type Maker =
  | { readonly kind: 'account'; readonly orderId: string }
  | { readonly kind: 'seller' }
  | { readonly kind: 'script' };

export interface RestingOrder {
  readonly maker: Maker;
  readonly price: Amount;
  /** When it joined the book; among equal prices the earliest is served first. */
  readonly arrival: number;
  remaining: Amount;
}

/** One match of an arriving order with a resting one, at the resting order's price. */
export interface Match {
  readonly resting: RestingOrder;
  readonly price: Amount;
  readonly quantity: Amount;
}

export interface PriceLevel {
  readonly price: Amount;
  readonly quantity: Amount;
  readonly orderCount: number;
}

/** Whether it is somebody else's and not the account's. */
export function isBackground({ maker }: RestingOrder): boolean {
  return maker.kind !== 'account';
}

function isBetter(side: Side, left: Amount, right: Amount): boolean {
  return side === 'buy' ? left > right : left < right;
}

function opposite(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}

/** Whether an arriving order with this limit trades at this price. Without a limit it trades at any. */
function crosses(arriving: Side, limit: Amount | null, price: Amount): boolean {
  return limit === null || limit === price || isBetter(arriving, limit, price);
}

/** A central limit order book with price-time priority. */
export class OrderBook {
  readonly #resting: Record<Side, RestingOrder[]> = { buy: [], sell: [] };
  #arrivals = 0;

  /** Adds an order behind all that have the same or a better price. The caller has matched it before. */
  rest(side: Side, maker: Maker, price: Amount, quantity: Amount): void {
    const orders = this.#resting[side];
    const entry: RestingOrder = { maker, price, arrival: this.#arrivals, remaining: quantity };
    this.#arrivals += 1;
    const place = orders.findIndex((order) => isBetter(side, price, order.price));
    if (place === -1) orders.push(entry);
    else orders.splice(place, 0, entry);
  }

  /**
   * Finds what an arriving order would trade with: best price first, at one price earliest first, each at
   * the resting price (price-time priority). Changes nothing.
   */
  plan(arriving: Side, quantity: Amount, limit: Amount | null): Match[] {
    const matches: Match[] = [];
    let wanted = quantity;
    for (const resting of this.#resting[opposite(arriving)]) {
      if (wanted === 0n || !crosses(arriving, limit, resting.price)) break;
      const matched = smaller(wanted, resting.remaining);
      matches.push({ resting, price: resting.price, quantity: matched });
      wanted -= matched;
    }
    return matches;
  }

  /** Carries out one planned match: the resting order shrinks, and leaves the book when it is used up. */
  take(match: Match): void {
    match.resting.remaining -= match.quantity;
    if (match.resting.remaining === 0n) this.remove((order) => order === match.resting);
  }

  /** Takes out every resting order that the condition holds for. */
  remove(condition: (order: RestingOrder) => boolean): void {
    for (const side of ['buy', 'sell'] as const) {
      this.#resting[side] = this.#resting[side].filter((order) => !condition(order));
    }
  }

  /** Takes the account's order out of the book, if it rests there. */
  removeOrder(orderId: string): void {
    this.remove(({ maker }) => maker.kind === 'account' && maker.orderId === orderId);
  }

  /** Resting orders of a side in the sequence in which they would be served. */
  orders(side: Side): readonly RestingOrder[] {
    return this.#resting[side];
  }

  /** The best price of a side, or null when it is empty. */
  best(side: Side): Amount | null {
    return this.#resting[side][0]?.price ?? null;
  }

  /** A side summed up by price, best price first. */
  levels(side: Side, depth: number): PriceLevel[] {
    const levels: { price: Amount; quantity: Amount; orderCount: number }[] = [];
    for (const order of this.#resting[side]) {
      const last = levels.at(-1);
      if (last?.price === order.price) {
        last.quantity += order.remaining;
        last.orderCount += 1;
      } else if (levels.length === depth) break;
      else levels.push({ price: order.price, quantity: order.remaining, orderCount: 1 });
    }
    return levels;
  }
}
